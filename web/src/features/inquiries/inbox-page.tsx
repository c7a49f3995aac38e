// The inbox: whom do I answer next, and with what. The list at the left, the conversation beside it, what is known at the right.
import { useState } from 'react'
import { type LoaderFunctionArgs, useNavigate, useParams, useSearchParams } from 'react-router'
import { ensure, queryClient, usePages } from '#api'
import { paths } from '#paths'
import { ConsolePage, useKeys, useSteadyOrder } from '#ui'
import { useTranslation } from '#words'
import { InboxInquiry } from './inbox-inquiry.tsx'
import { KeysHint } from './inbox-keys.tsx'
import { InboxList } from './inbox-list.tsx'
import { type InboxRow, inboxPages, staffRows, type View, viewOf } from './inbox-views.ts'
import { countsQuery, inquiryQuery, vendorQuery } from './inquiry-queries.ts'
import './inquiries.css'
import './inbox-parts.css'
import './inbox.css'

export async function loader({ params, request }: LoaderFunctionArgs) {
  const view = viewOf(params['view'])
  if (!view) throw { status: 404, code: 'page.unknown', detail: '' }
  const list = inboxPages(view, new URL(request.url).searchParams.get('q'))
  await Promise.all([list.ensure(), ensure(countsQuery, vendorQuery)])
  const first = queryClient.getQueryData<{ pages: { items: { id: string }[] }[] }>(list.options.queryKey)?.pages[0]?.items[0]
  const shownId = params['inquiryId'] ?? first?.id
  return shownId === undefined ? null : ensure(inquiryQuery(shownId))
}

export function Component() {
  const { view, inquiryId } = useParams()
  const [search] = useSearchParams()
  const q = search.get('q')
  // Each view begins anew with whoever waits longest in it.
  return <Inbox key={`${view} ${q}`} view={viewOf(view) ?? 'open'} q={q} inquiryId={inquiryId} />
}

function Inbox({ view, q, inquiryId }: { view: View; q: string | null; inquiryId: string | undefined }) {
  const { t } = useTranslation()
  const { items, more, isMoreComing } = usePages(inboxPages(view, q))
  const list = useSteadyOrder(staffRows(items), ({ id }) => id)
  // Chosen once: what is read must not change when another one begins to wait longer.
  const [firstId] = useState(() => list.rows[0]?.id)
  const shownId = inquiryId ?? firstId
  useMoving(list.rows, { view, q, shownId })
  const title = inquiryId ? `${inquiryId} · ${t('inquiries.inbox.title')}` : t('inquiries.inbox.title')
  return (
    <ConsolePage
      title={title}
      crumbs={[{ words: t('inquiries.inbox.title'), to: paths.inbox() }, { words: t(`inquiries.inbox.view_long.${view}`) }]}
      actions={<KeysHint />}
      isFull
      {...(inquiryId === undefined && { heading: t('inquiries.inbox.title') })}
    >
      <div className={`ib${inquiryId === undefined ? '' : ' reading'}`}>
        <InboxList {...{ view, q, list, more, isMoreComing, shownId }} />
        {shownId === undefined ? (
          <p className="cv none t2">{list.rows.length > 0 ? t('inquiries.inbox.pick') : t('inquiries.inbox.none_to_pick')}</p>
        ) : (
          <InboxInquiry key={shownId} inquiryId={shownId} isPage={inquiryId !== undefined} back={addressOf(view, q)} />
        )}
      </div>
    </ConsolePage>
  )
}

/** J and K, or the brackets, go through the list. */
function useMoving(rows: InboxRow[], { view, q, shownId }: { view: View; q: string | null; shownId: string | undefined }) {
  const navigate = useNavigate()
  const go = (by: 1 | -1) => () => {
    const next = rows[rows.findIndex(({ id }) => id === shownId) + by]
    if (next) void navigate(addressOf(view, q, next.id), { preventScrollReset: true })
  }
  useKeys({
    j: go(1),
    k: go(-1),
    ']': go(1),
    '[': go(-1),
    '/': () => document.querySelector<HTMLElement>('[data-search]')?.focus(),
  })
}

function addressOf(view: View, q: string | null, id?: string) {
  return paths.inbox(view, id) + (q ? `?${new URLSearchParams({ q })}` : '')
}
