// What a manager may do with a member: give them the other role, end their access.
import { IconUserMinus, IconUserShield } from '@tabler/icons-react'
import { useState } from 'react'
import { api, type Schemas, useMe, useVendor } from '#api'
import { ActionMenu, Confirm, RowDots, useFailureWords } from '#ui'
import { useTranslation } from '#words'

interface MemberActionsProps {
  member: Schemas['Member']
  organisation: { name: string }
  isLastManager: boolean
  /** Where the list says what did not happen. */
  onSaid: (words: string) => void
}

export function MemberActions({ member, organisation, isLastManager, onSaid }: MemberActionsProps) {
  const { t } = useTranslation()
  const me = useMe()
  const vendor = useVendor()
  const failureWords = useFailureWords()
  const [asked, setAsked] = useState<'demote' | 'remove'>()
  const change = api.useMutation('patch', '/api/v1/organisations/{organisationId}/members/{personId}')
  const remove = api.useMutation('delete', '/api/v1/organisations/{organisationId}/members/{personId}')
  const { id, name, organisationId } = member
  const params = { path: { organisationId, personId: id } }
  const other = member.role === 'manager' ? 'member' : 'manager'
  const give = () => change.mutateAsync({ params, body: { role: other } })
  const giveAtOnce = () => give().catch((error: unknown) => onSaid(failureWords(error)))
  const close = () => setAsked(undefined)

  return (
    <>
      <ActionMenu
        trigger={<RowDots label={t('organisation.actions_for', { name })} />}
        items={[
          {
            words: t(other === 'manager' ? 'organisation.make_manager' : 'organisation.make_member'),
            icon: <IconUserShield className="i" aria-hidden />,
            onClick: () => (isLastManager ? setAsked('demote') : void giveAtOnce()),
          },
          // Who removes themselves cannot undo it: somebody else does that.
          ...(id === me.id
            ? []
            : [
                {
                  words: t('organisation.remove'),
                  icon: <IconUserMinus className="i" aria-hidden />,
                  isDangerous: true,
                  onClick: () => setAsked('remove'),
                },
              ]),
        ]}
      />
      <Confirm
        isOpen={asked === 'demote'}
        onClose={close}
        question={t('organisation.last_manager_question', { name })}
        verb={t('organisation.make_member')}
        onConfirm={give}
      >
        {t('organisation.last_manager_text', { vendor: vendor.name })}
      </Confirm>
      <Confirm
        isOpen={asked === 'remove'}
        onClose={close}
        question={t('organisation.remove_question', { name, organisation: organisation.name })}
        verb={t('organisation.remove')}
        busyVerb={t('organisation.removing')}
        onConfirm={() => remove.mutateAsync({ params })}
      >
        {t('organisation.remove_text')}
      </Confirm>
    </>
  )
}
