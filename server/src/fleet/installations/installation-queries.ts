// SQL of the screens of installations; what the actor may see is the first condition of each.
import '../tables.ts'
import { sql } from 'kysely'
import type { Actor } from '#identity'
import type { Db } from '#platform/db'
import { unknownCursor } from '#platform/errors'
import type { Health, InstallationState } from '../installation.ts'
import { type Condition, conditionOf, CONDITIONS } from './condition.ts'
import { conditionSql, selectJudged } from './condition-queries.ts'
import { type Last, ORDERS, readCursor, type Sort, writeCursor } from './installation-order-queries.ts'
import { toInstallation } from './installation-store.ts'

const PAGE = 50
const MAX_VERSIONS = 100

export interface InstallationFilter {
  organisationId?: string
  productId?: string
  channel?: string
  version?: string
  health?: Health
  condition?: Condition
  state?: InstallationState
  q?: string
}
export interface InstallationQuery extends InstallationFilter {
  limit?: number
  after?: string
  sort?: Sort
}
/** Who looks, and when: the condition is judged as of then. */
export interface Look {
  actor: Actor
  now: Date
}

/** In order of need unless asked otherwise; the cursor is the place of the last one shown, as it was then. */
export async function pageInstallations(
  db: Db,
  look: Look,
  { limit = PAGE, sort = 'need', after, ...filter }: InstallationQuery,
) {
  const order = ORDERS[sort]
  const last = after === undefined ? undefined : await findLast(db, look.actor, { sort, after })
  let query = matching(db, look, filter).selectAll('i').select(['newest.kind as newestKind', 'newest.at as newestAt'])
  for (const column of order.by(look.now)) query = query.orderBy(column)
  if (last) query = query.where(order.isBehind(look.now, last))
  const rows = await query.limit(limit + 1).execute()
  const items = rows.slice(0, limit).map(({ newestKind, newestAt, ...row }) => {
    const installation = toInstallation(row)
    const newest = newestKind && newestAt ? { kind: newestKind, at: newestAt } : null
    return { installation, condition: conditionOf({ ...installation, newest }, look.now) }
  })
  const end = items.at(-1)
  return { items, next: rows.length > limit && end ? writeCursor(sort, end) : null }
}

/** The same filters; active ones, unless the filter says otherwise. */
export async function countInstallations(db: Db, look: Look, filter: InstallationFilter) {
  const counted = matching(db, look, { state: 'active', ...filter })
  const [byCondition, byVersion] = await Promise.all([
    counted
      .select([conditionSql(look.now).as('condition'), sql<number>`count(*)::int`.as('count')])
      .groupBy(sql`1`)
      .execute(),
    counted
      .select(['i.product_id as productId', 'i.channel', 'i.version', sql<number>`count(*)::int`.as('count')])
      .groupBy(['i.product_id', 'i.channel', 'i.version'])
      .orderBy('count', 'desc')
      .orderBy(sql`i.product_id collate "C", i.channel collate "C", i.version collate "C"`)
      .limit(MAX_VERSIONS)
      .execute(),
  ])
  const found = new Map(byCondition.map(({ condition, count }) => [condition, count]))
  return {
    total: byCondition.reduce((sum, { count }) => sum + count, 0),
    // Made of all the words, each once.
    byCondition: Object.fromEntries(CONDITIONS.map((one) => [one, found.get(one) ?? 0])) as Record<Condition, number>,
    byVersion,
  }
}

/** The row of a cursor, as it is now, and the value by which it was sorted then. */
async function findLast(db: Db, actor: Actor, { sort, after }: { sort: Sort; after: string }): Promise<Last> {
  const cursor = readCursor(sort, after)
  const row =
    cursor && (await selectJudged(db, actor).select(['i.id', 'i.name']).where('i.id', '=', cursor.id).executeTakeFirst())
  if (!cursor || !row) throw unknownCursor()
  return { ...row, value: cursor.value }
}

function matching(db: Db, { actor, now }: Look, { q, condition, ...equal }: InstallationFilter) {
  let query = selectJudged(db, actor)
  for (const [column, value] of equalities(equal)) query = query.where(column, '=', value)
  if (q !== undefined) query = query.where('i.name', 'ilike', `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`)
  if (condition !== undefined) query = query.where(sql<boolean>`${conditionSql(now)} = ${condition}`)
  return query
}

/** Newest first; the cursor is the place of the last one shown. */
export async function pageReports(db: Db, installationId: string, { limit = PAGE, after }: { limit?: number; after?: string }) {
  if (after !== undefined && !/^\d{1,18}$/.test(after)) throw unknownCursor()
  let query = db
    .selectFrom('fleet.report')
    .selectAll()
    .where('installation_id', '=', installationId)
    .orderBy('position', 'desc')
    .limit(limit + 1)
  if (after !== undefined) query = query.where('position', '<', after)
  const rows = await query.execute()
  const shown = rows.slice(0, limit)
  const items = shown.map((row) => ({
    reportId: row.report_id,
    releaseId: row.release_id,
    kind: row.kind,
    version: row.version,
    reason: row.reason,
    receivedAt: row.received_at.toISOString(),
  }))
  return { items, next: rows.length > limit ? (shown.at(-1)?.position ?? null) : null }
}

function equalities({ organisationId, productId, channel, version, health, state }: InstallationFilter) {
  const wanted = [
    ['i.organisation_id', organisationId],
    ['i.product_id', productId],
    ['i.channel', channel],
    ['i.version', version],
    ['i.health', health],
    ['i.state', state],
  ] as const
  return wanted.flatMap(([column, value]) => (value === undefined ? [] : [[column, value] as const]))
}
