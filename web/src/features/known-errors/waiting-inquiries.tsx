// The inquiries that close by themselves when the fix of a known error runs at their customers.
import { Link } from 'react-router'
import { paths } from '#paths'
import { Card, Empty, formatNumber } from '#ui'
import { useTranslation } from '#words'
import type { KnownErrorDetail } from './known-error-queries.ts'

export function WaitingInquiries({ knownError: { openInquiries, openInquiryCount } }: { knownError: KnownErrorDetail }) {
  const { t } = useTranslation()
  const more = openInquiryCount - openInquiries.length
  return (
    <Card title={t('knownErrors.page.inquiries')} count={formatNumber(openInquiryCount)} isFlush>
      {openInquiries.length === 0 ? (
        <Empty>{t('knownErrors.page.inquiries_none')}</Empty>
      ) : (
        <ul className="waiting">
          {openInquiries.map(({ id, title, organisation }) => (
            <li key={id}>
              <Link className="plain sp" to={paths.inbox('open', id)}>
                {title}
              </Link>
              <span className="t2 s13">{organisation.name}</span>
              <span className="t3 s13">{id}</span>
            </li>
          ))}
          {more > 0 && <li className="t3 s13">{t('knownErrors.page.inquiries_more', { count: more })}</li>}
        </ul>
      )}
    </Card>
  )
}
