// What is done with one mail: read where no server took it, sent again where it was given up.
import { useState } from 'react'
import { api, type Schemas } from '#api'
import { Button, Failure, Modal } from '#ui'
import { useTranslation } from '#words'

type Mail = Schemas['Mail']

export function ReadMail({ mail: { to, subject, text } }: { mail: Mail }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  if (text === null) return null
  return (
    <>
      <Button
        look="ghost"
        size="small"
        aria-label={t('settings.mails.read_label', { subject, to })}
        onClick={() => setOpen(true)}
      >
        {t('settings.mails.read')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={subject}
        centered
        size={620}
        padding={24}
        closeButtonProps={{ 'aria-label': t('common.close') }}
        attributes={{ header: { role: 'presentation' } }}
      >
        <div className="stack">
          <p className="t3 s13">{to}</p>
          <p className="pre mailtext">{text}</p>
          <p className="t3 s13">{t('settings.mails.secret')}</p>
        </div>
      </Modal>
    </>
  )
}

export function SendAgain({ mail: { id, to, subject } }: { mail: Mail }) {
  const { t } = useTranslation()
  const retry = api.useMutation('post', '/api/v1/mails/{mailId}/retry')
  return (
    <>
      <Button
        size="small"
        isBusy={retry.isPending}
        aria-label={t('settings.mails.again_label', { subject, to })}
        onClick={() => retry.mutate({ params: { path: { mailId: id } } })}
      >
        {t('settings.mails.again')}
      </Button>
      <Failure error={retry.error} />
    </>
  )
}
