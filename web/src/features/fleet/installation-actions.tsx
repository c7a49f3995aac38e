// What may be done with an installation: rename, retire, revoke its key. What cannot be undone asks once, by name.
import { IconBan, IconPencil, IconPlugOff } from '@tabler/icons-react'
import { useState } from 'react'
import { api, useMe } from '#api'
import { ActionMenu, Button, Confirm, FormDialog, type MenuItem, TextField, useForm } from '#ui'
import { useTranslation } from '#words'
import type { StaffInstallation } from './fleet-filter.ts'

type Question = 'rename' | 'retire' | 'revoke'

export function InstallationActions({ installation }: { installation: StaffInstallation }) {
  const { t } = useTranslation()
  const { permissions } = useMe()
  const [asked, setAsked] = useState<Question>()
  const close = () => setAsked(undefined)
  const mayManage = permissions.includes('installations:manage')
  const items: MenuItem[] = []
  if (mayManage && installation.state === 'active')
    items.push({ words: t('fleet.retire'), icon: <IconPlugOff className="i" aria-hidden />, onClick: () => setAsked('retire') })
  if (permissions.includes('installations:revoke') && installation.state !== 'revoked')
    items.push({
      words: t('fleet.revoke'),
      icon: <IconBan className="i" aria-hidden />,
      isDangerous: true,
      onClick: () => setAsked('revoke'),
    })
  return (
    <>
      {mayManage && (
        <Button size="small" icon={<IconPencil className="i" aria-hidden />} onClick={() => setAsked('rename')}>
          {t('fleet.rename')}
        </Button>
      )}
      <ActionMenu items={items} />
      <Rename installation={installation} isOpen={asked === 'rename'} onClose={close} key={installation.name} />
      <End what="retire" installation={installation} isOpen={asked === 'retire'} onClose={close} />
      <End what="revoke" installation={installation} isOpen={asked === 'revoke'} onClose={close} />
    </>
  )
}

interface DialogProps {
  installation: StaffInstallation
  isOpen: boolean
  onClose: () => void
}

function Rename({ installation: { id, name }, isOpen, onClose }: DialogProps) {
  const { t } = useTranslation()
  const rename = api.useMutation('patch', '/api/v1/installations/{installationId}')
  const form = useForm({
    initial: { name },
    check: { name: (value) => (value.trim() === '' ? t('common.required') : undefined) },
    async submit(values) {
      await rename.mutateAsync({ params: { path: { installationId: id } }, body: { name: values.name.trim() } })
      onClose()
    },
  })
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('fleet.rename_title', { name })}
      verb={t('fleet.rename_verb')}
      form={form}
    >
      <TextField label={t('fleet.name')} hint={t('fleet.name_hint')} maxLength={100} data-autofocus {...form.field('name')} />
    </FormDialog>
  )
}

function End({ what, installation: { id, name }, isOpen, onClose }: DialogProps & { what: 'retire' | 'revoke' }) {
  const { t } = useTranslation()
  const retire = api.useMutation('post', '/api/v1/installations/{installationId}/retire')
  const revoke = api.useMutation('post', '/api/v1/installations/{installationId}/revoke')
  const end = what === 'retire' ? retire : revoke
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      question={t(`fleet.${what}_question`, { name })}
      verb={t(`fleet.${what}_verb`)}
      busyVerb={t(`fleet.${what}_busy`)}
      keep={t('fleet.keep')}
      onConfirm={() => end.mutateAsync({ params: { path: { installationId: id } } })}
    >
      {t(`fleet.${what}_text`)}
    </Confirm>
  )
}
