// What stands where content would: empty lists that teach, errors that say what is not affected, skeletons.
import type { ReactNode } from 'react'
import { useRouteError } from 'react-router'
import { isNotFound, problemOf } from '#api'
import { useTranslation } from '#words'
import { Broken, columnOf, vendorName } from './broken.tsx'
import { Button } from './button.tsx'
import { useTitle } from './page.tsx'

export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p className="t2">{children}</p>
      {action}
    </div>
  )
}

/** For a part of a page whose question failed; the rest of the page stays. */
export function LoadError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation()
  const { status, requestId } = problemOf(error)
  return (
    <div className="empty" role="alert">
      <p className="t2">
        {status === 0 ? t('common.load_failed_away') : t('common.load_failed', { requestId: requestId ?? status })}
      </p>
      <Button onClick={onRetry}>{t('common.try_again')}</Button>
    </div>
  )
}

/** The same page for what does not exist and for what is not yours; the home of each face is the way out. */
export function NotFound({ home }: { home: string }) {
  const { t } = useTranslation()
  useTitle(t('common.not_found_title'), vendorName())
  return (
    <div className={columnOf(home)}>
      <div className="stack state">
        <h1>{t('common.not_found_title')}</h1>
        <p className="t2">{t('common.not_found_text')}</p>
        <p>
          <a className="btn" href={home}>
            {t('common.go_home')}
          </a>
        </p>
      </div>
    </div>
  )
}

/** Where the loader of a page failed: not found, or a page that can be tried again. */
export function RouteError({ home }: { home: string }) {
  const error = useRouteError()
  return isNotFound(error) ? <NotFound home={home} /> : <Broken error={error} home={home} />
}

/** In the true layout, once 300 ms have passed (styles wait, not scripts). */
export function Skeleton({ rows = 3 }: { rows?: number }) {
  return (
    <div className="skeleton" aria-hidden>
      {Array.from({ length: rows }, (_, place) => (
        // Rows without content have no other name.
        // oxlint-disable-next-line react/no-array-index-key
        <i key={place} />
      ))}
    </div>
  )
}
