// Says beside an action that it did not happen, and why.
import { problemOf } from '#api'
import { useTranslation } from '#words'

export function Failure({ error }: { error: unknown }) {
  const wordsOf = useFailureWords()
  if (error === null || error === undefined) return null
  return (
    <p className="bad fg" role="alert">
      {wordsOf(error)}
    </p>
  )
}

/** For lists that say it below themselves. */
export function useFailureWords() {
  const { t } = useTranslation()
  return (error: unknown) => {
    const { status, detail } = problemOf(error)
    return status === 0 ? t('common.action_failed_away') : t('common.action_failed', { detail })
  }
}
