// What can be done with an invitation of staff that nobody has accepted yet: send it again, take it back.
import { IconMailForward, IconMailOff } from '@tabler/icons-react'
import { useState } from 'react'
import { api, problemOf, type Schemas } from '#api'
import { ActionMenu, Confirm } from '#ui'
import { useTranslation } from '#words'
import { RowDots } from './row-dots.tsx'

interface InvitedStaffActionsProps {
  invitation: Schemas['Invitation']
  /** Where the list says what was done. */
  onSaid: (words: string) => void
}

export function InvitedStaffActions({ invitation: { id, email }, onSaid }: InvitedStaffActionsProps) {
  const { t } = useTranslation()
  const [isAsked, setAsked] = useState(false)
  const resend = api.useMutation('post', '/api/v1/invitations/{invitationId}/resend')
  const revoke = api.useMutation('delete', '/api/v1/invitations/{invitationId}')
  const params = { path: { invitationId: id } }
  const sendAgain = () =>
    resend.mutate(
      { params },
      {
        onSuccess: () => onSaid(t('settings.staff.resent', { email })),
        onError: (error) => onSaid(t('common.action_failed', { detail: problemOf(error).detail })),
      },
    )
  return (
    <>
      <ActionMenu
        trigger={<RowDots label={t('settings.staff.actions_for', { name: email })} />}
        items={[
          { words: t('settings.staff.resend'), icon: <IconMailForward className="i" aria-hidden />, onClick: sendAgain },
          {
            words: t('settings.staff.take_back'),
            icon: <IconMailOff className="i" aria-hidden />,
            isDangerous: true,
            onClick: () => setAsked(true),
          },
        ]}
      />
      <Confirm
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        question={t('settings.staff.take_back_question', { email })}
        verb={t('settings.staff.take_back')}
        busyVerb={t('settings.staff.taking_back')}
        onConfirm={() => revoke.mutateAsync({ params })}
      >
        {t('settings.staff.take_back_text')}
      </Confirm>
    </>
  )
}
