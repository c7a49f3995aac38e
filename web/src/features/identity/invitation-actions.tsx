// What can be done with an invitation that nobody has accepted yet: send it again, take it back.
import { IconMailForward, IconMailOff } from '@tabler/icons-react'
import { useState } from 'react'
import { api, problemOf, type Schemas } from '#api'
import { ActionMenu, Confirm } from '#ui'
import { useTranslation } from '#words'
import { RowDots } from './row-dots.tsx'

interface InvitationActionsProps {
  invitation: Schemas['Invitation']
  /** Where the list says what was done. */
  onSaid: (words: string) => void
}

export function InvitationActions({ invitation: { id, email }, onSaid }: InvitationActionsProps) {
  const { t } = useTranslation()
  const [isAsked, setAsked] = useState(false)
  const resend = api.useMutation('post', '/api/v1/invitations/{invitationId}/resend')
  const revoke = api.useMutation('delete', '/api/v1/invitations/{invitationId}')
  const params = { path: { invitationId: id } }
  const sendAgain = () =>
    resend.mutate(
      { params },
      {
        onSuccess: () => onSaid(t('organisation.resent', { email })),
        onError: (error) => onSaid(t('common.action_failed', { detail: problemOf(error).detail })),
      },
    )
  return (
    <>
      <ActionMenu
        trigger={<RowDots label={t('organisation.actions_for', { name: email })} />}
        items={[
          { words: t('organisation.resend'), icon: <IconMailForward className="i" aria-hidden />, onClick: sendAgain },
          {
            words: t('organisation.take_back'),
            icon: <IconMailOff className="i" aria-hidden />,
            isDangerous: true,
            onClick: () => setAsked(true),
          },
        ]}
      />
      <Confirm
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        question={t('organisation.take_back_question', { email })}
        verb={t('organisation.take_back')}
        busyVerb={t('organisation.taking_back')}
        onConfirm={() => revoke.mutateAsync({ params })}
      >
        {t('organisation.take_back_text')}
      </Confirm>
    </>
  )
}
