// One's passkeys: made on this device, removed from any.
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { IconFingerprint, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { ActionMenu, Button, Card, Confirm, Empty, FormDialog, formatTime, TextField, useForm, RowDots } from '#ui'
import { useTranslation } from '#words'
import { addPasskey, canMakePasskeys, deletePasskey, type Passkey, passkeysQuery } from './auth.ts'
import { deviceOf } from './device.ts'

export function PasskeysCard() {
  const { t } = useTranslation()
  const [isAdding, setAdding] = useState(false)
  const passkeys = useSuspenseQuery(passkeysQuery).data
  const add = canMakePasskeys() && (
    <Button size="small" icon={<IconPlus className="i" aria-hidden />} onClick={() => setAdding(true)}>
      {t('settings.passkeys.add')}
    </Button>
  )
  return (
    <Card title={t('settings.passkeys.title')} count={passkeys.length || undefined} actions={add} isFlush>
      {passkeys.length === 0 && <Empty>{t('settings.passkeys.none')}</Empty>}
      {passkeys.length > 0 && (
        <ul className="lines">
          {passkeys.map((passkey) => (
            <OnePasskey key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      {!add && <p className="t3 s13 after">{t('settings.passkeys.cannot')}</p>}
      <AddPasskey isOpen={isAdding} onClose={() => setAdding(false)} />
    </Card>
  )
}

function OnePasskey({ passkey: { id, name, createdAt, backedUp } }: { passkey: Passkey }) {
  const { t } = useTranslation()
  const [isAsked, setAsked] = useState(false)
  const remove = useMutation({ mutationFn: () => deletePasskey(id) })
  const called = name || t('settings.passkeys.unnamed')
  return (
    <li className="row">
      <IconFingerprint className="i t3" aria-hidden />
      <span className="sp">
        <span className="b">{called}</span>
        <span className="below">
          {t('settings.passkeys.made_at', { date: formatTime(new Date(createdAt)) })} ·{' '}
          {t(backedUp ? 'settings.passkeys.synced' : 'settings.passkeys.here')}
        </span>
      </span>
      <ActionMenu
        trigger={<RowDots label={t('settings.passkeys.actions_for', { name: called })} />}
        items={[{ words: t('settings.passkeys.remove'), isDangerous: true, onClick: () => setAsked(true) }]}
      />
      <Confirm
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        question={t('settings.passkeys.remove_question', { name: called })}
        verb={t('settings.passkeys.remove')}
        busyVerb={t('settings.passkeys.removing')}
        onConfirm={() => remove.mutateAsync()}
      >
        {t('settings.passkeys.remove_text')}
      </Confirm>
    </li>
  )
}

function AddPasskey({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const device = deviceOf(navigator.userAgent)
  const add = useMutation({
    mutationFn: (name: string) =>
      addPasskey(name, { notMade: t('settings.passkeys.not_made'), notFresh: t('settings.passkeys.not_fresh') }),
  })
  const form = useForm({
    initial: { name: device ? t('settings.sessions.on', { ...device }) : '' },
    check: { name: (name) => (name.trim() === '' ? t('common.required') : undefined) },
    async submit({ name }) {
      await add.mutateAsync(name.trim())
      form.reset()
      onClose()
    },
  })
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('settings.passkeys.add')}
      verb={t('settings.passkeys.make')}
      form={form}
    >
      <TextField
        label={t('settings.passkeys.device')}
        hint={t('settings.passkeys.device_hint')}
        maxLength={60}
        data-autofocus
        {...form.field('name')}
      />
    </FormDialog>
  )
}
