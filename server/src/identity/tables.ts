// The tables of identity, as its migrations made them; of better-auth's own only the columns that we read or write.
import type { Generated } from 'kysely'
import type { MemberRole, Scope, StaffRole } from './actor.ts'

declare module '#platform/db' {
  interface Tables {
    'identity.user': {
      id: string
      name: string
      email: string
      emailVerified: boolean
      createdAt: Date
      updatedAt: Date
      twoFactorEnabled: boolean | null
    }
    'identity.account': {
      id: string
      accountId: string
      providerId: string
      userId: string
      password: string | null
      createdAt: Date
      updatedAt: Date
    }
    'identity.session': {
      id: string
      userId: string
      token: string
      createdAt: Date
      updatedAt: Date
      expiresAt: Date
      ipAddress: string | null
      userAgent: string | null
    }
    'identity.verification': { id: string; identifier: string; value: string; expiresAt: Date }
    'identity.passkey': { id: string; userId: string }
    'identity.twoFactor': { id: string; userId: string }
    'identity.organisation': {
      id: string
      name: string
      language: string
      created_at: Date
      archived_at: Date | null
    }
    'identity.staff': { person_id: string; roles: StaffRole[]; joined_at: Date; removed_at: Date | null }
    'identity.member': { person_id: string; organisation_id: string; role: MemberRole; joined_at: Date; removed_at: Date | null }
    'identity.invitation': {
      id: string
      token_sha256: Buffer
      email: string
      roles: StaffRole[] | null
      organisation_id: string | null
      role: MemberRole | null
      invited_by: string
      created_at: Date
      expires_at: Date
      accepted_at: Generated<Date | null>
      revoked_at: Generated<Date | null>
    }
    'identity.token': {
      id: string
      secret_sha256: Buffer
      person_id: string
      name: string
      scopes: Scope[]
      created_at: Date
      expires_at: Date | null
      last_used_at: Generated<Date | null>
      revoked_at: Generated<Date | null>
    }
    'identity.vendor': { is_only: Generated<boolean>; name: string; changed_at: Date }
    'identity.setup_link': { token_sha256: Buffer; created_at: Date }
  }
}
