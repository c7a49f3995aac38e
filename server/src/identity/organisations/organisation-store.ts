// All SQL of the write side of organisations.
import '../tables.ts'
import type { Reader, Tx } from '#platform/db'

export interface OrganisationRecord {
  id: string
  name: string
  language: string
  createdAt: Date
  archivedAt: Date | null
}

export async function addOrganisation(tx: Tx, { id, name, language, createdAt }: Omit<OrganisationRecord, 'archivedAt'>) {
  await tx.insertInto('identity.organisation').values({ id, name, language, created_at: createdAt, archived_at: null }).execute()
}

/** Holds the row until the transaction ends, so that nobody joins what is being archived. */
export async function lockOrganisation(tx: Tx, id: string) {
  return select(tx).where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function findOrganisationRecord(db: Reader, id: string): Promise<OrganisationRecord | undefined> {
  return select(db).where('id', '=', id).executeTakeFirst()
}

export async function listOrganisationRecords(db: Reader, ids: string[]): Promise<OrganisationRecord[]> {
  return ids.length === 0 ? [] : select(db).where('id', 'in', ids).execute()
}

export async function saveOrganisation(tx: Tx, { id, name, language, archivedAt }: OrganisationRecord) {
  await tx.updateTable('identity.organisation').set({ name, language, archived_at: archivedAt }).where('id', '=', id).execute()
}

function select(db: Reader) {
  return db
    .selectFrom('identity.organisation')
    .select(['id', 'name', 'language', 'created_at as createdAt', 'archived_at as archivedAt'])
}
