// The rule of condition.ts in SQL, for lists that filter, sort and count by it.
import '../tables.ts'
import { sql } from 'kysely'
import type { Actor } from '#identity'
import type { Db } from '#platform/db'
import { type Condition, CONDITIONS, DEGRADED_FOR_MS, FAILED, SILENT_AFTER_MS, UNDER_WAY, UPDATING_FOR_MS } from './condition.ts'
import { visibleOrganisation } from './installation-policy.ts'

/** The rank of what nobody judges: behind all. */
export const LAST_RANK = CONDITIONS.length + 1

/** Installations that the actor may see, each as `i`, with its outcome that changed last as `newest`. */
export function selectJudged(db: Db, actor: Actor) {
  const all = db.selectFrom('fleet.installation as i').leftJoinLateral(
    (eb) =>
      eb
        .selectFrom('fleet.outcome as o')
        .select(['o.kind', 'o.at'])
        .whereRef('o.installation_id', '=', 'i.id')
        .orderBy('o.at', 'desc')
        .orderBy('o.release_id')
        .limit(1)
        .as('newest'),
    (join) => join.onTrue(),
  )
  const organisationId = visibleOrganisation(actor)
  // Null: nobody's, which matches no row.
  return organisationId === undefined ? all : all.where('i.organisation_id', '=', organisationId)
}

/** The word, over the columns of `selectJudged`. */
export function conditionSql(now: Date) {
  const since = (ms: number) => sql`${new Date(now.getTime() - ms)}::timestamptz`
  const isOneOf = (kinds: readonly string[]) => sql`newest.kind = any(${[...kinds]}::text[])`
  return sql<Condition | null>`case
    when i.state <> 'active' then null
    when i.last_seen_at is null and i.health = 'unknown' then 'never'
    when i.last_seen_at < ${since(SILENT_AFTER_MS)} then 'silent'
    when i.health = 'unhealthy' then 'failing'
    when ${isOneOf(UNDER_WAY)} and newest.at >= ${since(UPDATING_FOR_MS)} then 'updating'
    when i.health = 'unknown' then case when ${isOneOf(FAILED)} then 'failing' else 'never' end
    when ${isOneOf(FAILED)} and newest.at >= ${since(DEGRADED_FOR_MS)} then 'degraded'
    else 'healthy' end`
}

/** Its place in the order of need, from 1. */
export function needRankSql(now: Date) {
  return sql<number>`coalesce(array_position(${[...CONDITIONS]}::text[], ${conditionSql(now)}), ${LAST_RANK}::int)`
}
