// Instead of a page that failed: what happened, what is not affected, and the way on; where the server is away it comes by itself.
import { useEffect } from 'react'
import { problemOf, queryClient, vendorQuery } from '#api'
import { useTranslation } from '#words'
import { Button } from './button.tsx'
import { useTitle } from './page.tsx'

/** The column of the face that the page belongs to. */
export const columnOf = (home: string) => (home.startsWith('/console') ? 'pg' : 'pw')

/** Where even the vendor could not be asked for, the page must still show. */
export const vendorName = () => queryClient.getQueryData<{ name: string }>(vendorQuery.queryKey)?.name ?? 'Fairway'

/** How Chrome, Firefox, Safari and Vite say that an answer, or a part of the app, did not come. */
const DID_NOT_COME =
  /failed to fetch|networkerror|load failed|error loading dynamically|importing a module script failed|unable to preload/i

export function Broken({ error, home }: { error: unknown; home: string }) {
  const { t } = useTranslation()
  useTitle(t('common.broken_title'), vendorName())
  const { status, requestId } = problemOf(error)
  const isOurs = error instanceof Error && !DID_NOT_COME.test(error.message)
  const isAway = !isOurs && status === 0
  useReturn(isAway)
  const sentence = () => {
    if (isOurs) return t('common.broken_app')
    return isAway ? t('common.page_away') : t('common.load_failed', { requestId: requestId ?? status })
  }
  return (
    <div className={columnOf(home)}>
      <div className="stack state" role="alert">
        <h1>{t(isAway ? 'common.away_title' : 'common.broken_title')}</h1>
        <p className="t2">{sentence()}</p>
        <p>
          <Button onClick={() => void (isAway ? reloadIfThere() : location.reload())}>{t('common.try_again')}</Button>
        </p>
      </div>
    </div>
  )
}

const TRY_EVERY_MS = 3000

/** What does not come although the server answers would else be loaded again and again. */
const RELOAD_EVERY_MS = 30_000
const RELOADED_AT = 'fairway-reloaded-at'

/** Loads the page again as soon as the server answers. */
function useReturn(isAway: boolean) {
  useEffect(() => {
    if (!isAway) return
    const timer = setInterval(() => {
      if (Date.now() - Number(sessionStorage.getItem(RELOADED_AT)) > RELOAD_EVERY_MS) void reloadIfThere()
    }, TRY_EVERY_MS)
    return () => clearInterval(timer)
  }, [isAway])
}

/** Never without an answer: the browser's own error page would stand there, and stay. */
async function reloadIfThere() {
  const isThere = await fetch('/health/live', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
  if (!isThere) return
  sessionStorage.setItem(RELOADED_AT, String(Date.now()))
  location.reload()
}
