// SQL of the screens of installations; what the actor may see is the first condition of each.
import '../tables.ts'
import { sql } from 'kysely'
import type { Actor } from '#identity'
import type { Db } from '#platform/db'
import { invalidField } from '#platform/errors'
import type { Health, InstallationState } from '../installation.ts'
import { visibleOrganisation } from './installation-policy.ts'
import { toInstallation } from './installation-store.ts'
import { toView } from './installation-view.ts'

const PAGE = 50

export interface InstallationFilter {
  organisationId?: string
  productId?: string
  channel?: string
  health?: Health
  state?: InstallationState
  q?: string
  limit?: number
  after?: string
}

/** By name; the cursor is the id of the last one shown. */
export async function pageInstallations(db: Db, actor: Actor, filter: InstallationFilter) {
  const { limit = PAGE } = filter
  const visible = visibleTo(db, actor)
  let query = visible
    .selectAll()
    .orderBy(sql`name collate "C"`)
    .orderBy(sql`id collate "C"`)
    .limit(limit + 1)
  for (const [column, value] of equalities(filter)) query = query.where(column, '=', value)
  if (filter.q !== undefined) query = query.where('name', 'ilike', `%${filter.q.replaceAll(/[\\%_]/g, '\\$&')}%`)
  if (filter.after !== undefined) {
    const last = await visible.select(['name', 'id']).where('id', '=', filter.after).executeTakeFirst()
    if (!last) throw unknownCursor()
    query = query.where(sql<boolean>`(name collate "C", id collate "C") > (${last.name}, ${last.id})`)
  }
  const rows = await query.execute()
  const items = rows.slice(0, limit).map((row) => toView(actor, toInstallation(row)))
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
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

function visibleTo(db: Db, actor: Actor) {
  const organisationId = visibleOrganisation(actor)
  const all = db.selectFrom('fleet.installation')
  // Null: nobody's, which matches no row.
  return organisationId === undefined ? all : all.where('organisation_id', '=', organisationId)
}

function equalities({ organisationId, productId, channel, health, state }: InstallationFilter) {
  const wanted = [
    ['organisation_id', organisationId],
    ['product_id', productId],
    ['channel', channel],
    ['health', health],
    ['state', state],
  ] as const
  return wanted.flatMap(([column, value]) => (value === undefined ? [] : [[column, value] as const]))
}

function unknownCursor() {
  return invalidField('/querystring/after', 'page.cursor_unknown', 'must be `next` of the page before')
}
