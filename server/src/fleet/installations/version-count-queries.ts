// SQL of how many installations run what: one question for a product, however many stand at customers.
import '../tables.ts'
import { sql } from 'kysely'
import type { Db } from '#platform/db'

export interface VersionCount {
  organisationId: string
  version: string
  installations: number
}

/** Active ones that have told what they run. */
export async function countByVersion(db: Db, productId: string): Promise<VersionCount[]> {
  const { rows } = await sql<VersionCount>`
    select organisation_id as "organisationId", version, count(*)::int as installations
    from fleet.installation where product_id = ${productId} and state = 'active' and version is not null
    group by organisation_id, version`.execute(db)
  return rows
}
