// All SQL of enrolments.
import '../tables.ts'
import type { Selectable } from 'kysely'
import type { Db, Tables, Tx } from '#platform/db'
import type { Enrolment } from './enrolment.ts'

export async function addEnrolment(tx: Tx, enrolment: Enrolment, made: { by: string; at: Date }) {
  await tx
    .insertInto('fleet.enrolment')
    .values({
      id: enrolment.id,
      secret_sha256: enrolment.secretSha256,
      organisation_id: enrolment.organisationId,
      product_id: enrolment.productId,
      channel: enrolment.channel,
      name: enrolment.name,
      created_by: made.by,
      created_at: made.at,
      expires_at: enrolment.expiresAt,
    })
    .execute()
}

/** Holds the row until the transaction ends, so that two keys cannot both be the first. */
export async function lockEnrolment(tx: Tx, id: string) {
  const row = await tx.selectFrom('fleet.enrolment').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && toEnrolment(row)
}

export async function saveUse(tx: Tx, id: string, use: { publicKey: string; installationId: string }) {
  await tx
    .updateTable('fleet.enrolment')
    .set({ public_key: use.publicKey, installation_id: use.installationId })
    .where('id', '=', id)
    .execute()
}

export async function removeExpiredEnrolments(db: Db, before: Date) {
  await db.deleteFrom('fleet.enrolment').where('expires_at', '<', before).execute()
}

function toEnrolment(row: Selectable<Tables['fleet.enrolment']>): Enrolment {
  return {
    id: row.id,
    secretSha256: row.secret_sha256,
    organisationId: row.organisation_id,
    productId: row.product_id,
    channel: row.channel,
    name: row.name,
    expiresAt: row.expires_at,
    publicKey: row.public_key,
    installationId: row.installation_id,
  }
}
