// What runs where on the channel of a rollout, by version.
import { Link } from 'react-router'
import { paths } from '#paths'
import { Card, type Column, formatNumber, formatShare, Table, Version } from '#ui'
import { useTranslation } from '#words'
import type { Counts, RolloutDetails } from './queries.ts'
import { compareVersions } from './versions.ts'

/** The newest; what is older stands behind one line, except what this rollout brings. */
const SHOWN = 3
interface Row {
  key: string
  version: string | null
  /** How many versions stand behind it, where it gathers the rest. */
  gathers: number
  count: number
}

export function RolloutRuns({ rollout, counts }: { rollout: RolloutDetails; counts: Counts }) {
  const { t } = useTranslation()
  const { productId: product, channel } = rollout
  const rows = rowsOf(counts, rollout.version)
  const columns: Column<Row>[] = [
    {
      key: 'version',
      head: t('rollouts.runs_version'),
      cell: (row) => <VersionCell row={row} {...{ product, channel, current: rollout.version }} />,
    },
    { key: 'count', head: t('rollouts.runs_count'), cell: ({ count }) => formatNumber(count), isRight: true },
    { key: 'share', head: t('rollouts.runs_share'), cell: ({ count }) => formatShare(count, counts.total), isRight: true },
  ]
  return (
    <Card title={t('rollouts.runs')} count={formatNumber(counts.total)} isFlush className="o5 minitbl">
      {rows.length === 0 ? (
        <p className="bd t2 s13">{t('rollouts.runs_none', { channel })}</p>
      ) : (
        <Table label={t('rollouts.runs')} columns={columns} rows={rows} keyOf={({ key }) => key} />
      )}
    </Card>
  )
}

function rowsOf({ byVersion, total }: Counts, current: string): Row[] {
  const known = byVersion.toSorted((a, b) => compareVersions(b.version ?? '', a.version ?? ''))
  const versions = known.filter(({ version }) => version !== null)
  const older = versions.slice(SHOWN).filter(({ version }) => version !== current)
  // One line that says "1 older" would be no shorter than the version itself.
  const isFolded = older.length > 1
  const rows: Row[] = known
    .filter((one) => !isFolded || !older.includes(one))
    .map(({ version, count }) => ({ key: version ?? '-', version, count, gathers: 0 }))
  const rest = total - rows.reduce((sum, { count }) => sum + count, 0)
  const fold: Row = { key: 'rest', version: null, count: rest, gathers: Math.max(1, older.length) }
  const place = rows.findIndex(({ version }) => version === null)
  return rest > 0 ? rows.toSpliced(place === -1 ? rows.length : place, 0, fold) : rows
}

function VersionCell({ row, product, channel, current }: { row: Row; product: string; channel: string; current: string }) {
  const { t } = useTranslation()
  if (row.gathers > 0)
    return <Link to={paths.fleet({ product, channel })}>{t('rollouts.runs_older', { count: row.gathers })}</Link>
  if (row.version === null) return <span className="t2">{t('rollouts.runs_nothing')}</span>
  return (
    <Link className={row.version === current ? 'plain bb' : 'plain'} to={paths.fleet({ product, channel, version: row.version })}>
      <Version>{row.version}</Version>
    </Link>
  )
}
