// Known errors as a table.
import { Link } from 'react-router'
import type { Schemas } from '#api'
import { paths } from '#paths'
import { type Column, formatNumber, Status, Table, Version } from '#ui'
import { useTranslation } from '#words'
import { useProductName } from './known-error-queries.ts'

export type ListedKnownError = Schemas['KnownErrorForStaff']

export function KnownErrorsTable({ rows }: { rows: ListedKnownError[] }) {
  const { t } = useTranslation()
  const columns: Column<ListedKnownError>[] = [
    { key: 'title', head: t('knownErrors.column_title'), cell: (row) => <TitleCell row={row} /> },
    { key: 'state', head: t('knownErrors.column_state'), cell: stateCell, rank: 2 },
    { key: 'versions', head: t('knownErrors.column_versions'), cell: versionsCell, rank: 2 },
    { key: 'fixed', head: t('knownErrors.column_fixed'), cell: fixedCell, rank: 3 },
    { key: 'affected', head: t('knownErrors.column_affected'), cell: affectedCell, isRight: true },
    { key: 'inquiries', head: t('knownErrors.column_inquiries'), cell: inquiriesCell, isRight: true, rank: 2 },
  ]
  return (
    <Table
      label={t('knownErrors.title')}
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
      toOf={({ id }) => paths.knownError(id)}
    />
  )
}

function TitleCell({ row: { id, title, productId, state, affectedVersions } }: { row: ListedKnownError }) {
  const productName = useProductName()
  return (
    <>
      <Link className="plain" to={paths.knownError(id)}>
        {title}
      </Link>{' '}
      <span className="t3">
        <span className="nw">{id}</span> · {productName(productId)}
      </span>
      <span className="sub">
        <Status kind="known_error" value={state} /> <Version>{affectedVersions}</Version>
      </span>
    </>
  )
}

function stateCell({ state }: ListedKnownError) {
  return <Status kind="known_error" value={state} />
}

function versionsCell({ affectedVersions }: ListedKnownError) {
  return <Version>{affectedVersions}</Version>
}

function fixedCell({ fixedIn }: ListedKnownError) {
  return fixedIn.length === 0 ? <NoFix /> : <Version>{fixedIn.join(', ')}</Version>
}

function NoFix() {
  const { t } = useTranslation()
  return <span className="t3">{t('knownErrors.no_fix')}</span>
}

function affectedCell({ affected: { installations } }: ListedKnownError) {
  return formatNumber(installations)
}

function inquiriesCell({ openInquiryCount }: ListedKnownError) {
  return formatNumber(openInquiryCount)
}
