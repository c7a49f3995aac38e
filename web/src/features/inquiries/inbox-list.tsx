// The list of the inbox: who waits longest first, and what nobody had to answer in one line below.
import { IconCircleCheck, IconClock } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { paths } from '#paths'
import { Avatar, Button, formatDuration, formatTime, ShowMore, Status, type SteadyOrder, Time, useNow } from '#ui'
import { useTranslation } from '#words'
import { countOf, type InboxRow, type View, VIEWS } from './inbox-views.ts'
import { countsQuery } from './inquiry-queries.ts'
import { SearchField } from './search-field.tsx'

interface ListProps {
  view: View
  q: string | null
  list: SteadyOrder<InboxRow>
  more: (() => void) | undefined
  isMoreComing: boolean
  shownId: string | undefined
}

export function InboxList({ view, q, list, more, isMoreComing, shownId }: ListProps) {
  const { t } = useTranslation()
  return (
    <section className="list" aria-label={t('inquiries.inbox.list')} {...list.hold}>
      <div className="lh">
        <Views view={view} />
        <SearchField label={t('inquiries.inbox.search')} />
      </div>
      {list.isMoved && (
        <p className="moved s12">
          <span className="sp">{t('inquiries.inbox.order_changed')}</span>
          <Button size="small" onClick={list.sortAgain}>
            {t('inquiries.inbox.sort_again')}
          </Button>
        </p>
      )}
      <ul>
        {list.rows.map((row) => (
          <li key={row.id}>
            <Row
              row={row}
              isShown={row.id === shownId}
              to={paths.inbox(view, row.id) + (q ? `?${new URLSearchParams({ q })}` : '')}
            />
          </li>
        ))}
      </ul>
      <ShowMore more={more} isComing={isMoreComing} />
      <Foot view={view} q={q} isEmpty={list.rows.length === 0} />
    </section>
  )
}

function useCounts() {
  const { data } = useSuspenseQuery(countsQuery)
  return data.view === 'staff' ? data : undefined
}

function Views({ view: shown }: { view: View }) {
  const { t } = useTranslation()
  const counts = useCounts()
  return (
    <nav className="seg views" aria-label={t('inquiries.inbox.views')}>
      {VIEWS.map((view) => (
        <Link
          key={view}
          to={paths.inbox(view)}
          aria-current={view === shown ? 'page' : undefined}
          title={t(`inquiries.inbox.view_long.${view}`)}
        >
          {t(`inquiries.inbox.view.${view}`)} {(counts && countOf(view, counts)) || ''}
        </Link>
      ))}
    </nav>
  )
}

function Row({ row, isShown, to }: { row: InboxRow; isShown: boolean; to: string }) {
  const { organisation, title, waitsSince, lastMessage, changedAt, assignee, createdAt } = row
  const isUnread = waitsSince !== null && (lastMessage === null || lastMessage.from === 'member')
  return (
    <Link className={`it${isUnread ? ' un' : ''}`} to={to} aria-current={isShown || undefined} preventScrollReset>
      <span className="l1">
        <span className="cut">{organisation.name}</span>
        <span className="nw">
          <Time at={lastMessage?.at ?? (waitsSince === null ? changedAt : createdAt)} />
        </span>
      </span>
      <span className="l2 cut">{title}</span>
      <span className="l3">
        <Where row={row} />
        <span className="sp" />
        {assignee && <Avatar name={assignee.name} />}
        {assignee && <span className="sr">{assignee.name}</span>}
      </span>
    </Link>
  )
}

/** How long it waits for us; of those that do not, their state. */
function Where({ row: { status, waitsSince, solvedIn } }: { row: InboxRow }) {
  const { t } = useTranslation()
  const now = useNow(60_000)
  const values = { version: solvedIn ?? '' }
  if (waitsSince === null) return <Status kind="inquiry" value={status} values={values} />
  const waitedMs = Math.max(60_000, now - Date.parse(waitsSince))
  return (
    <>
      {status !== 'with_us' && <Status kind="inquiry" value={status} values={values} />}
      <span className="row wait" title={t('inquiries.inbox.waits_for_us', { time: formatTime(new Date(waitsSince)) })}>
        <IconClock className="i s" aria-hidden />
        {t('inquiries.inbox.waits', { duration: formatDuration(Math.floor(waitedMs / 60_000) * 60_000) })}
      </span>
    </>
  )
}

/** What ended well shrinks to one line; nothing to answer is good news. */
function Foot({ view, q, isEmpty }: { view: View; q: string | null; isEmpty: boolean }) {
  const { t } = useTranslation()
  const byThemselves = useCounts()?.closedByThemselves ?? 0
  const words = () => {
    if (isEmpty && q !== null) return t('inquiries.inbox.empty_filter', { q })
    if (isEmpty && view === 'closed') return t('inquiries.inbox.empty_closed')
    if (isEmpty && view === 'waiting') return t('inquiries.inbox.empty_view')
    if (isEmpty)
      return byThemselves > 0 ? t('inquiries.inbox.empty_good', { count: byThemselves }) : t('inquiries.inbox.empty_plain')
    return view !== 'closed' && byThemselves > 0 ? t('inquiries.inbox.closed_by_themselves', { count: byThemselves }) : undefined
  }
  const said = words()
  if (said === undefined) return null
  return (
    <p className={`foot ${isEmpty ? 't2' : 't3 s12'}`}>
      {q === null && view !== 'waiting' && <IconCircleCheck className="i s" aria-hidden />} {said}{' '}
      {q !== null && <Link to={paths.inbox(view)}>{t('common.clear_filters')}</Link>}
      {q === null && view !== 'closed' && byThemselves > 0 && (
        <Link to={paths.inbox('closed')}>{t('inquiries.inbox.show_them')}</Link>
      )}
    </p>
  )
}
