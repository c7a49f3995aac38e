// SQL of the list of members.
import { sql } from 'kysely'
import type { Db } from '#platform/db'
import { selectPeople, toActor } from '../people/person-store.ts'

/** By id, which is the cursor. The caller has asked whether the actor may see the organisation. */
export async function pageOfMembers(
  db: Db,
  organisationId: string,
  { limit = 50, after }: { limit?: number | undefined; after?: string | undefined },
) {
  let query = selectPeople(db)
    .where('organisation.id', '=', organisationId)
    .orderBy(sql`"user".id collate "C"`)
    .limit(limit + 1)
  if (after !== undefined) query = query.where(sql<boolean>`"user".id collate "C" > ${after}`)
  const members = (await query.execute()).map(toActor).filter((actor) => actor?.kind === 'member')
  const items = members.slice(0, limit)
  return { items, next: members.length > limit ? (items.at(-1)?.id ?? null) : null }
}
