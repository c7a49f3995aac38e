// SQL of the screens of organisations: staff see all, a member its own.
import '../tables.ts'
import { sql } from 'kysely'
import type { Db } from '#platform/db'
import { type Actor, isStaff } from '../actor.ts'
import type { OrganisationView } from './organisation-schemas.ts'
import type { OrganisationRecord } from './organisation-store.ts'

/** By name; the cursor is the id of the last one. */
export async function listOrganisations(
  db: Db,
  actor: Actor,
  { limit = 50, after }: { limit?: number | undefined; after?: string | undefined },
) {
  let query = visible(db, actor)
    .select(['id', 'name', 'language', 'created_at as createdAt', 'archived_at as archivedAt'])
    .orderBy(sql`name collate "C"`)
    .orderBy(sql`id collate "C"`)
    .limit(limit + 1)
  if (after !== undefined)
    query = query.where(
      sql<boolean>`(name collate "C", id collate "C") > (select name collate "C", id collate "C" from identity.organisation where id = ${after})`,
    )
  const rows = await query.execute()
  const items = rows.slice(0, limit)
  return { items: items.map(toOrganisationView), next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

export function toOrganisationView({ createdAt, archivedAt, ...rest }: OrganisationRecord): OrganisationView {
  return { ...rest, createdAt: createdAt.toISOString(), archivedAt: archivedAt?.toISOString() ?? null }
}

function visible(db: Db, actor: Actor) {
  const all = db.selectFrom('identity.organisation')
  return isStaff(actor) ? all : all.where('id', '=', actor.kind === 'member' ? actor.organisationId : '')
}
