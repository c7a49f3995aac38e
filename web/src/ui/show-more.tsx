// The rest of a list, when asked for.
import { useTranslation } from '#words'
import { Button } from './button.tsx'

export function ShowMore({ more, isComing }: { more: (() => void) | undefined; isComing: boolean }) {
  const { t } = useTranslation()
  if (!more) return null
  return (
    <p className="more">
      <Button isBusy={isComing} onClick={more}>
        {t('common.show_more')}
      </Button>
    </p>
  )
}
