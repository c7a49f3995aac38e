// The own inquiries: those that wait for the reader first, then the other open ones, then the one solved last.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { type Schemas, useVendor } from '#api'
import { paths } from '#paths'
import { Card, Empty, Status, Time } from '#ui'
import { useTranslation } from '#words'
import { inquiryCountsQuery, openInquiriesQuery, solvedInquiriesQuery } from './portal-queries.ts'

type Inquiry = Pick<Schemas['InquirySummary'], 'id' | 'title' | 'status' | 'solvedIn' | 'changedAt' | 'closedAt'>

const SHOWN = 4

export function RecentInquiries() {
  const { t } = useTranslation()
  const open = useSuspenseQuery(openInquiriesQuery).data.items.toSorted((a, b) => waits(b) - waits(a))
  const solved = useSuspenseQuery(solvedInquiriesQuery).data.items
  const counts = useSuspenseQuery(inquiryCountsQuery).data
  const shown = [...open.slice(0, SHOWN), ...solved]
  const hidden = counts.open - Math.min(open.length, SHOWN)
  return (
    <Card
      isFlush
      title={t('portal.inquiries')}
      actions={
        shown.length > 0 && (
          <Link className="s13" to={paths.inquiries()}>
            {t('portal.inquiries_all')}
          </Link>
        )
      }
    >
      {shown.length === 0 && <Empty>{t('portal.inquiries_empty')}</Empty>}
      <InquiryList inquiries={shown} />
      {hidden > 0 && (
        <p className="rest">
          <Link className="s13" to={paths.inquiries()}>
            {t('portal.inquiries_more', { count: hidden })}
          </Link>
        </p>
      )}
    </Card>
  )
}

export function InquiryList({ inquiries }: { inquiries: Inquiry[] }) {
  const { name: vendor } = useVendor()
  return (
    <ul className="lst">
      {inquiries.map(({ id, title, status, solvedIn, changedAt, closedAt }) => (
        <li key={id}>
          <Link className="plain" to={paths.inquiry(id)}>
            {title}
          </Link>
          <div className="s13 row wrapf">
            <Status
              kind="mine"
              value={status === 'closed_by_itself' && solvedIn === null ? 'closed' : status}
              values={{ vendor, version: solvedIn ?? '' }}
            />
            <span className="t3">
              · <Time at={closedAt ?? changedAt} as="ago" />
            </span>
          </div>
        </li>
      ))}
    </ul>
  )
}

function waits({ status }: Pick<Inquiry, 'status'>) {
  return status === 'waits_for_customer' ? 1 : 0
}
