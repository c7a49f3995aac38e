// An invitation that nobody has accepted yet, of staff or of a customer's people: until when it is good, and what can be done with it.
import { IconMailForward, IconMailOff } from '@tabler/icons-react'
import { useState } from 'react'
import { api, type Schemas } from '#api'
import { useTranslation } from '#words'
import { Confirm } from './confirm.tsx'
import { useFailureWords } from './failure.tsx'
import { formatFuture, formatTime } from './format.ts'
import { ActionMenu } from './menu.tsx'
import { RowDots } from './row-dots.tsx'

interface InvitationActionsProps {
  invitation: Schemas['Invitation']
  /** Where the list says what was done. */
  onSaid: (words: string) => void
}

export function InvitationActions({ invitation: { id, email }, onSaid }: InvitationActionsProps) {
  const { t } = useTranslation()
  const failureWords = useFailureWords()
  const [isAsked, setAsked] = useState(false)
  const resend = api.useMutation('post', '/api/v1/invitations/{invitationId}/resend')
  const revoke = api.useMutation('delete', '/api/v1/invitations/{invitationId}')
  const params = { path: { invitationId: id } }
  const sendAgain = () =>
    resend.mutate(
      { params },
      {
        onSuccess: () => onSaid(t('common.invitation.resent', { email })),
        onError: (error) => onSaid(failureWords(error)),
      },
    )
  return (
    <>
      <ActionMenu
        trigger={<RowDots label={t('common.invitation.actions_for', { name: email })} />}
        items={[
          { words: t('common.invitation.resend'), icon: <IconMailForward className="i" aria-hidden />, onClick: sendAgain },
          {
            words: t('common.invitation.take_back'),
            icon: <IconMailOff className="i" aria-hidden />,
            isDangerous: true,
            onClick: () => setAsked(true),
          },
        ]}
      />
      <Confirm
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        question={t('common.invitation.take_back_question', { email })}
        verb={t('common.invitation.take_back')}
        busyVerb={t('common.invitation.taking_back')}
        onConfirm={() => revoke.mutateAsync({ params })}
      >
        {t('common.invitation.take_back_text')}
      </Confirm>
    </>
  )
}

export function InvitedUntil({ state, expiresAt }: Schemas['Invitation']) {
  const { t } = useTranslation()
  const at = new Date(expiresAt)
  return state === 'open'
    ? t('common.invitation.invited_until', { date: formatFuture(at) })
    : t('common.invitation.invitation_over', { date: formatTime(at) })
}
