// Inquiries of the own organisation as a table.
import { Link } from 'react-router'
import type { Schemas } from '#api'
import { paths } from '#paths'
import { type Column, Status, Table, Time } from '#ui'
import { useTranslation } from '#words'
import { useVendorName } from './inquiry-queries.ts'

export type MyInquiry = Schemas['InquirySummary']

export function MyInquiriesTable({ label, rows }: { label: string; rows: MyInquiry[] }) {
  const { t } = useTranslation()
  const columns: Column<MyInquiry>[] = [
    { key: 'title', head: t('inquiries.mine.column_title'), cell: titleCell },
    { key: 'where', head: t('inquiries.mine.column_where'), cell: whereCell, rank: 2 },
    { key: 'status', head: t('inquiries.mine.column_status'), cell: statusCell },
    { key: 'changed', head: t('inquiries.mine.column_changed'), cell: changedCell, isRight: true, rank: 2 },
  ]
  return (
    <div className="mine">
      <Table label={label} columns={columns} rows={rows} keyOf={({ id }) => id} toOf={({ id }) => paths.inquiry(id)} />
    </div>
  )
}

function titleCell({ id, title, installations, openedBy }: MyInquiry) {
  return (
    <>
      <Link className="plain" to={paths.inquiry(id)}>
        {title}
      </Link>
      <span className="under-name">{[id, openedBy.name].join(' · ')}</span>
      <span className="sub">{installations.map(({ name }) => name).join(', ')}</span>
    </>
  )
}

function whereCell({ installations }: MyInquiry) {
  return installations.length === 0 ? <NoneNamed /> : installations.map(({ name }) => name).join(', ')
}

function NoneNamed() {
  const { t } = useTranslation()
  return <span className="t3">{t('inquiries.mine.whole_organisation')}</span>
}

function statusCell(inquiry: MyInquiry) {
  return <MyStatus {...inquiry} />
}

function MyStatus({ status, solvedIn }: Pick<MyInquiry, 'status' | 'solvedIn'>) {
  return <Status kind="mine" value={status} values={{ vendor: useVendorName(), version: solvedIn ?? '' }} />
}

function changedCell({ changedAt }: MyInquiry) {
  return <Time at={changedAt} />
}
