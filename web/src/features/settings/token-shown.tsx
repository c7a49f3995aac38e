// A token that was just made: shown this once.
import type { Schemas } from '#api'
import { Button, Code, Modal } from '#ui'
import { useTranslation } from '#words'

export function TokenShown({ made, onClose }: { made: Schemas['IssuedToken']; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('settings.token.shown_title')}
      centered
      size={560}
      padding={24}
      // What is shown once must not go with a click beside it.
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      attributes={{ header: { role: 'presentation' } }}
    >
      <div className="stack" style={{ '--gap': '16px' }}>
        <p className="t2">{t('settings.token.shown_text', { name: made.name })}</p>
        <Code>{made.token}</Code>
        <p className="t3 s13">{t('settings.token.shown_use')}</p>
        <div className="row ends">
          <Button look="primary" onClick={onClose}>
            {t('settings.token.done')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
