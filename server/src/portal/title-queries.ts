// SQL of what inquiries and known errors are called, for those who name them by their ids.
import './tables.ts'
import { sql } from 'kysely'
import type { Db } from '#platform/db'

export interface Titled {
  id: string
  name: string
}

export async function listTitles(db: Db, ids: string[]): Promise<Titled[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Titled>`
    select id, title as name from portal.inquiry where id = any(${ids})
    union all select id, title from portal.known_error where id = any(${ids})`.execute(db)
  return rows
}
