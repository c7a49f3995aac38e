// The inquiries of the own organisation: what waits for me first, then what is open, then what is solved.
import { IconPlus } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { ensure, pagesOf, usePages } from '#api'
import { paths } from '#paths'
import { ButtonLink, Card, Empty, PortalPage, ShowMore } from '#ui'
import { useTranslation } from '#words'
import { countsQuery, useVendorName, vendorQuery } from './inquiry-queries.ts'
import { type MyInquiry, MyInquiriesTable } from './my-inquiries-table.tsx'
import { SearchField } from './search-field.tsx'
import './inquiries.css'

function listsOf(q: string | null) {
  const search = q ? { q } : {}
  return {
    open: pagesOf('/api/v1/inquiries', { ...search, state: 'open', sort: 'changed', limit: 50 }),
    closed: pagesOf('/api/v1/inquiries', { ...search, state: 'closed', sort: 'changed', limit: 25 }),
  }
}

export async function loader({ request }: LoaderFunctionArgs) {
  const { open, closed } = listsOf(new URL(request.url).searchParams.get('q'))
  await Promise.all([open.ensure(), closed.ensure(), ensure(countsQuery, vendorQuery)])
  return null
}

export function Component() {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const q = search.get('q')
  const lists = listsOf(q)
  const open = usePages(lists.open)
  const closed = usePages(lists.closed)
  const openOnes = mineOf(open.items).toSorted((a, b) => rank(a) - rank(b))
  const closedOnes = mineOf(closed.items)
  const isNone = openOnes.length + closedOnes.length === 0
  return (
    <PortalPage title={t('inquiries.title')} actions={<NewInquiryLink />} {...useHead()}>
      {(q !== null || !isNone) && (
        <SearchField label={t('inquiries.mine.search')} placeholder={t('inquiries.mine.search_hint')} />
      )}
      {isNone ? (
        <div className="card">
          {q === null ? (
            <Empty>{t('inquiries.mine.empty')}</Empty>
          ) : (
            <Empty action={<ButtonLink to={paths.inquiries()}>{t('common.clear_filters')}</ButtonLink>}>
              {t('inquiries.mine.no_match', { q })}
            </Empty>
          )}
        </div>
      ) : (
        <div className="stack" style={{ '--gap': '20px' }}>
          <List title={t('inquiries.mine.open_list')} rows={openOnes} none={t('inquiries.mine.none_open_now')} />
          <ShowMore more={open.more} isComing={open.isMoreComing} />
          <List title={t('inquiries.mine.closed_list')} rows={closedOnes} none={t('inquiries.mine.none_solved_yet')} />
          <ShowMore more={closed.more} isComing={closed.isMoreComing} />
        </div>
      )}
    </PortalPage>
  )
}

function List({ title, rows, none }: { title: string; rows: MyInquiry[]; none: string }) {
  const { t } = useTranslation()
  return (
    <Card title={title} isFlush>
      {rows.length === 0 ? <Empty>{none}</Empty> : <MyInquiriesTable label={`${t('inquiries.title')}: ${title}`} rows={rows} />}
    </Card>
  )
}

function NewInquiryLink() {
  const { t } = useTranslation()
  return (
    <ButtonLink look="primary" size="large" icon={<IconPlus className="i" aria-hidden />} to={paths.newInquiry()}>
      {t('inquiries.new')}
    </ButtonLink>
  )
}

/** The answer in a sentence, and what went well. */
function useHead() {
  const { t } = useTranslation()
  const { data: counts } = useSuspenseQuery(countsQuery)
  const vendor = useVendorName()
  if (counts.view !== 'customer') return { heading: t('inquiries.title') }
  const { waitingForYou, open, solved7d } = counts
  const heading = () => {
    if (waitingForYou > 0) return t('inquiries.mine.waiting', { count: waitingForYou })
    return open > 0 ? t('inquiries.mine.open', { count: open, vendor }) : t('inquiries.mine.none_open')
  }
  return { heading: heading(), ...(solved7d > 0 && { lead: t('inquiries.mine.solved', { count: solved7d }) }) }
}

function mineOf(items: (MyInquiry | { view: 'staff' })[]) {
  return items.filter((one): one is MyInquiry => one.view === 'customer')
}

function rank({ status }: MyInquiry) {
  return status === 'waits_for_customer' ? 0 : 1
}
