// What an administrator may do with one of staff: other roles, no access.
import { IconUserMinus, IconUserShield } from '@tabler/icons-react'
import { useState } from 'react'
import { api, type Schemas, useMe } from '#api'
import { ActionMenu, Confirm, FormDialog, useForm, RowDots } from '#ui'
import { useTranslation } from '#words'
import { RoleChecks } from './role-checks.tsx'
import { isRole } from './roles.ts'

export function StaffActions({ person }: { person: Schemas['Staff'] }) {
  const { t } = useTranslation()
  const me = useMe()
  const [asked, setAsked] = useState<'roles' | 'remove'>()
  const remove = api.useMutation('delete', '/api/v1/staff/{personId}')
  const { id, name } = person
  const close = () => setAsked(undefined)
  return (
    <>
      <ActionMenu
        trigger={<RowDots label={t('settings.staff.actions_for', { name })} />}
        items={[
          {
            words: t('settings.staff.change'),
            icon: <IconUserShield className="i" aria-hidden />,
            onClick: () => setAsked('roles'),
          },
          // Who removes themselves cannot undo it: somebody else does that.
          ...(id === me.id
            ? []
            : [
                {
                  words: t('settings.staff.remove'),
                  icon: <IconUserMinus className="i" aria-hidden />,
                  isDangerous: true,
                  onClick: () => setAsked('remove'),
                },
              ]),
        ]}
      />
      {asked === 'roles' && <ChangeRoles person={person} onClose={close} />}
      <Confirm
        isOpen={asked === 'remove'}
        onClose={close}
        question={t('settings.staff.remove_question', { name })}
        verb={t('settings.staff.remove')}
        busyVerb={t('settings.staff.removing')}
        onConfirm={() => remove.mutateAsync({ params: { path: { personId: id } } })}
      >
        {t('settings.staff.remove_text')}
      </Confirm>
    </>
  )
}

function ChangeRoles({ person: { id, name, roles }, onClose }: { person: Schemas['Staff']; onClose: () => void }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState(roles.filter(isRole))
  const change = api.useMutation('patch', '/api/v1/staff/{personId}')
  const form = useForm({
    initial: {},
    async submit() {
      if (chosen.length === 0) return
      await change.mutateAsync({ params: { path: { personId: id } }, body: { roles: chosen } })
      onClose()
    },
  })
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t('settings.staff.change_of', { name })}
      verb={t('settings.staff.save')}
      form={form}
    >
      <RoleChecks roles={chosen} onChange={setChosen} />
    </FormDialog>
  )
}
