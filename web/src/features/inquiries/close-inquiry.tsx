// Asks once before an inquiry is closed: the customer is told.
import { api, type Schemas } from '#api'
import { Confirm } from '#ui'
import { useTranslation } from '#words'

export function CloseInquiry({
  isOpen,
  onClose,
  inquiry,
}: {
  isOpen: boolean
  onClose: () => void
  inquiry: Schemas['InquiryForStaff']
}) {
  const { t } = useTranslation()
  const close = api.useMutation('post', '/api/v1/inquiries/{inquiryId}/close')
  const { id, organisation, knownError, fix } = inquiry
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      isHarmless
      question={t('inquiries.inbox.close_question', { id })}
      verb={t('inquiries.inbox.close')}
      busyVerb={t('inquiries.inbox.closing')}
      keep={t('inquiries.inbox.keep_open')}
      onConfirm={() => close.mutateAsync({ params: { path: { inquiryId: id } } })}
    >
      <p>{t('inquiries.inbox.close_text', { customer: organisation.name })}</p>
      {knownError && fix && <p>{t('inquiries.inbox.close_watch', { knownError: knownError.id })}</p>}
    </Confirm>
  )
}
