// SQL of the inquiries that wait for a known error's fix, and close by themselves when it has proven itself.
import '../tables.ts'
import type { Reader } from '#platform/db'

/** None of these can be proven at the customer, so a person has to answer. */
const NEVER = 'nothing_to_fix'

/** Newest first. */
export async function listAwaiting(db: Reader, knownErrorId: string, limit: number) {
  return db
    .selectFrom('portal.watch')
    .innerJoin('portal.inquiry', 'portal.inquiry.id', 'portal.watch.id')
    .select(['portal.inquiry.id', 'portal.inquiry.title', 'portal.inquiry.organisation_id as organisationId'])
    .where('portal.watch.known_error_id', '=', knownErrorId)
    .where('portal.watch.state', '=', 'watching')
    .where('portal.watch.because', '<>', NEVER)
    .orderBy('portal.inquiry.number', 'desc')
    .limit(limit)
    .execute()
}

/** @returns how many for each that has any. */
export async function countAwaiting(db: Reader, knownErrorIds: string[]) {
  const rows = await db
    .selectFrom('portal.watch')
    .select((eb) => ['known_error_id as id', eb.cast<number>(eb.fn.countAll(), 'integer').as('count')])
    .where((eb) => eb('known_error_id', '=', eb.fn.any(eb.val(knownErrorIds))))
    .where('state', '=', 'watching')
    .where('because', '<>', NEVER)
    .groupBy('known_error_id')
    .execute()
  return new Map(rows.map((row) => [row.id, row.count]))
}
