// What of a customer waits for an answer or a fix.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { Schemas } from '#api'
import { paths } from '#paths'
import { Card, type Column, Empty, Status, Table, Time } from '#ui'
import { useTranslation } from '#words'
import { openInquiriesQuery } from './queries.ts'

type Inquiry = Pick<Schemas['InquirySummary'], 'id' | 'title' | 'status' | 'changedAt'>

export function CustomerInquiries({ organisationId }: { organisationId: string }) {
  const { t } = useTranslation()
  const columns = useColumns()
  const { items, next } = useSuspenseQuery(openInquiriesQuery(organisationId)).data
  const all = next !== null && (
    <Link className="s13" to={paths.inbox('open')}>
      {t('customers.inquiries.all')}
    </Link>
  )
  return (
    <Card
      title={t('customers.inquiries.title')}
      count={next === null ? items.length || undefined : `${items.length}+`}
      actions={all}
      isFlush
    >
      {items.length === 0 ? (
        <Empty>{t('customers.inquiries.empty')}</Empty>
      ) : (
        <Table
          label={t('customers.inquiries.title')}
          columns={columns}
          rows={items as Inquiry[]}
          keyOf={({ id }) => id}
          toOf={({ id }) => paths.inbox('open', id)}
        />
      )}
    </Card>
  )
}

function useColumns() {
  const { t } = useTranslation()
  const columns: Column<Inquiry>[] = [
    {
      key: 'title',
      head: t('customers.inquiries.column_title'),
      cell: ({ id, title, status }) => (
        <>
          <Link className="plain" to={paths.inbox('open', id)}>
            <span className="t3 nw">{id}</span> {title}
          </Link>
          <span className="sub">
            <Status kind="inquiry" value={status} />
          </span>
        </>
      ),
    },
    {
      key: 'state',
      head: t('customers.inquiries.column_state'),
      cell: ({ status }) => <Status kind="inquiry" value={status} />,
      rank: 2,
    },
    {
      key: 'changed',
      head: t('customers.inquiries.column_changed'),
      cell: ({ changedAt }) => <Time at={changedAt} />,
      isRight: true,
    },
  ]
  return columns
}
