// The list of installations: what needs somebody stands first.
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { memo, type MouseEvent } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { type Column, Fresh, Status, Table, Tag, Version } from '#ui'
import { useTranslation } from '#words'
import { type FleetFilter, type Sort, type StaffInstallation, withParams } from './fleet-filter.ts'
import { LastHeard } from './last-heard.tsx'
import { outlookInShort, type StaffOutlook } from './outlook-words.ts'

interface FleetTableProps {
  rows: StaffInstallation[]
  filter: FleetFilter
  /** The one in the panel; then there is room for less. */
  openId: string | undefined
  outlooks: ReadonlyMap<string, StaffOutlook>
  productName: (productId: string) => string
}

export const rowLinkId = (installationId: string) => `row-${installationId}`

export function FleetTable(props: FleetTableProps) {
  const { rows, filter, openId } = props
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const toOf = ({ id }: { id: string }) => withParams(params, { open: id })
  return (
    <Table
      label={t('fleet.installations')}
      columns={useColumns(props).filter(({ key }) => openId === undefined || !['product', 'channel', 'next'].includes(key))}
      rows={rows}
      keyOf={({ id }) => id}
      toOf={toOf}
      isSelected={({ id }) => id === openId}
      key={filter.state}
    />
  )
}

const DIRECTION = { need: 'descending', name: 'ascending', lastSeen: 'ascending' } as const

function useColumns({ filter, outlooks, productName }: FleetTableProps): Column<StaffInstallation>[] {
  const { t } = useTranslation()
  const sorted = (sort: Sort, words: string) => ({
    head: <SortHead sort={sort} words={words} isCurrent={filter.sort === sort} />,
    ...(filter.sort === sort && { sort: DIRECTION[sort] }),
  })
  return [
    { key: 'name', ...sorted('name', t('fleet.column_name')), cell: (row) => <Name row={row} /> },
    {
      key: 'customer',
      head: t('fleet.column_customer'),
      rank: 2,
      cell: (row) => <span className="t2">{row.organisation.name}</span>,
    },
    {
      key: 'product',
      head: t('fleet.column_product'),
      rank: 3,
      cell: (row) => <span className="t2">{productName(row.productId)}</span>,
    },
    { key: 'version', head: t('fleet.column_version'), rank: 2, cell: (row) => <RunningVersion row={row} /> },
    { key: 'channel', head: t('fleet.column_channel'), rank: 3, cell: (row) => <span className="t2">{row.channel}</span> },
    { key: 'health', ...sorted('need', t('fleet.column_health')), cell: (row) => <Condition row={row} /> },
    {
      key: 'last',
      ...sorted('lastSeen', t('fleet.column_last')),
      isRight: true,
      rank: 2,
      cell: ({ lastSeenAt }) => <span className="t2 nw">{lastSeenAt ? <LastHeard at={lastSeenAt} /> : t('common.never')}</span>,
    },
    { key: 'next', head: t('fleet.column_next'), rank: 3, cell: (row) => <Next row={row} outlook={outlooks.get(row.id)} /> },
  ]
}

function SortHead({ sort, words, isCurrent }: { sort: Sort; words: string; isCurrent: boolean }) {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const Arrow = DIRECTION[sort] === 'ascending' ? IconArrowUp : IconArrowDown
  return (
    <Link
      to={withParams(params, { sort: sort === 'need' ? undefined : sort })}
      preventScrollReset
      aria-label={t('fleet.sort_by', { column: words })}
    >
      {words} {isCurrent && <Arrow className="i s" aria-hidden />}
    </Link>
  )
}

/** Each cell draws itself anew only when its row is another one: more rows cost what they add. */
const Name = memo(function Name({ row }: { row: StaffInstallation }) {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const to = withParams(params, { open: row.id })
  /** Opened by Enter, the panel takes the focus; opened by the pointer, it does not. */
  function openByKey(event: MouseEvent) {
    if (event.detail !== 0) return
    event.preventDefault()
    void navigate(to, { state: { isByKey: true }, preventScrollReset: true })
  }
  return (
    <>
      <Link className="plain" id={rowLinkId(row.id)} to={to} preventScrollReset onClick={openByKey}>
        {row.name}
      </Link>{' '}
      {row.copied && <Tag>{t('fleet.copied')}</Tag>}
      <span className="sub">
        {row.organisation.name}
        {row.version && ` · ${row.version}`}
      </span>
    </>
  )
})

const RunningVersion = memo(function RunningVersion({ row: { version } }: { row: StaffInstallation }) {
  const { t } = useTranslation()
  return (
    <Fresh value={version}>
      {version ? <Version>{version}</Version> : <span className="t3">{t('fleet.nothing_runs')}</span>}
    </Fresh>
  )
})

const Condition = memo(function Condition({ row: { condition, state } }: { row: StaffInstallation }) {
  const value = condition ?? state
  return (
    <Fresh value={value}>
      <Status kind="condition" value={value} />
    </Fresh>
  )
})

interface NextProps {
  row: StaffInstallation
  outlook: StaffOutlook | undefined
}

const Next = memo(function Next({ row: { condition }, outlook }: NextProps) {
  const { t } = useTranslation()
  return <span className="t2">{outlook && outlookInShort(t, outlook, condition)}</span>
})
