// Says beside an action that it did not happen, and why.
import { problemOf } from '#api'
import { useTranslation } from '#words'

export function Failure({ error }: { error: unknown }) {
  const { t } = useTranslation()
  if (error === null || error === undefined) return null
  const { status, detail } = problemOf(error)
  return (
    <p className="bad fg" role="alert">
      {status === 0 ? t('common.action_failed_away') : t('common.action_failed', { detail })}
    </p>
  )
}
