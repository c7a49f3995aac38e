// All SQL of invitations.
import '../tables.ts'
import { sql } from 'kysely'
import type { Reader, Tx } from '#platform/db'
import type { MemberRole, StaffRole } from '../actor.ts'
import type { Invitation } from './invitation.ts'

interface Row {
  id: string
  email: string
  roles: StaffRole[] | null
  organisation_id: string | null
  role: MemberRole | null
  invited_by: string
  created_at: Date
  expires_at: Date
  accepted_at: Date | null
  revoked_at: Date | null
}

export async function addInvitation(
  tx: Tx,
  { place, digest, ...one }: Omit<Invitation, 'acceptedAt' | 'revokedAt'> & { digest: Buffer },
) {
  const target =
    'roles' in place
      ? { roles: place.roles, organisation_id: null, role: null }
      : { roles: null, organisation_id: place.organisationId, role: place.role }
  await tx
    .insertInto('identity.invitation')
    .values({
      id: one.id,
      token_sha256: digest,
      email: one.email,
      ...target,
      invited_by: one.invitedBy,
      created_at: one.createdAt,
      expires_at: one.expiresAt,
    })
    .execute()
}

export async function findInvitationByDigest(db: Reader, digest: Buffer) {
  const row = await select(db).where('token_sha256', '=', digest).executeTakeFirst()
  return row && toInvitation(row)
}

/** Holds the row until the transaction ends, so that nobody joins twice by it. */
export async function lockInvitationByDigest(tx: Tx, digest: Buffer) {
  const row = await select(tx).where('token_sha256', '=', digest).forUpdate().executeTakeFirst()
  return row && toInvitation(row)
}

export async function lockInvitation(tx: Tx, id: string) {
  const row = await select(tx).where('id', '=', id).forUpdate().executeTakeFirst()
  return row && toInvitation(row)
}

/** What was neither accepted nor revoked, expired ones too; the address is held by the caller. */
export async function findPending(tx: Tx, { email, organisationId }: { email: string; organisationId: string | null }) {
  const row = await select(tx)
    .where('email', '=', email)
    .where('organisation_id', organisationId === null ? 'is' : '=', organisationId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return row && toInvitation(row)
}

/** Two invitations for one address and place wait for each other. */
export async function holdAddress(tx: Tx, email: string) {
  await sql`select pg_advisory_xact_lock(hashtextextended('identity-invitation:' || ${email}, 0))`.execute(tx)
}

export async function listInvitations(db: Reader, organisationId: string | null) {
  const rows = await select(db)
    .where('organisation_id', organisationId === null ? 'is' : '=', organisationId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(200)
    .execute()
  return rows.map(toInvitation)
}

export async function saveRenewed(tx: Tx, { id, digest, expiresAt }: { id: string; digest: Buffer; expiresAt: Date }) {
  await tx.updateTable('identity.invitation').set({ token_sha256: digest, expires_at: expiresAt }).where('id', '=', id).execute()
}

export async function saveAccepted(tx: Tx, id: string, now: Date) {
  await tx.updateTable('identity.invitation').set({ accepted_at: now }).where('id', '=', id).execute()
}

export async function saveInvitationRevoked(tx: Tx, id: string, now: Date) {
  await tx.updateTable('identity.invitation').set({ revoked_at: now }).where('id', '=', id).execute()
}

function select(db: Reader) {
  return db
    .selectFrom('identity.invitation')
    .select([
      'id',
      'email',
      'roles',
      'organisation_id',
      'role',
      'invited_by',
      'created_at',
      'expires_at',
      'accepted_at',
      'revoked_at',
    ])
}

function toInvitation(row: Row): Invitation {
  const { roles, organisation_id: organisationId, role } = row
  if (!roles && (!organisationId || !role)) throw new Error(`The invitation ${row.id} has no place.`)
  return {
    id: row.id,
    email: row.email,
    // The check of the table: exactly one of the two.
    place: roles ? { roles } : { organisationId: organisationId!, role: role! },
    invitedBy: row.invited_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    acceptedAt: row.accepted_at,
    revokedAt: row.revoked_at,
  }
}
