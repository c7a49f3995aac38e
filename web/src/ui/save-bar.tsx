// Settings save nothing by themselves: this bar appears on change.
import { useTranslation } from '#words'
import { Button } from './button.tsx'

export function SaveBar({
  changes,
  isBusy,
  onSave,
  onDiscard,
}: {
  changes: number
  isBusy: boolean
  onSave: () => void
  onDiscard: () => void
}) {
  const { t } = useTranslation()
  if (changes === 0) return null
  return (
    <div className="savebar" role="region" aria-label={t('common.unsaved', { count: changes })}>
      <span className="sp">{t('common.unsaved', { count: changes })}</span>
      <Button onClick={onDiscard}>{t('common.discard')}</Button>
      <Button look="primary" isBusy={isBusy} onClick={onSave}>
        {t('common.save')}
      </Button>
    </div>
  )
}
