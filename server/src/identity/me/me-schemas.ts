// The wire shapes of oneself: who am I, and where am I signed in.
import { Type } from 'typebox'
import { Id, named, Nullable, OneOf } from '#platform/schemas'
import { SCOPES } from '../actor.ts'
import { PERMISSIONS } from '../permission.ts'
import { MemberRoleField } from '../members/member-schemas.ts'

export const MeView = named(
  'Me',
  Type.Object({
    id: Type.String(),
    kind: OneOf(['staff', 'member']),
    name: Type.String(),
    email: Type.String(),
    roles: Type.Array(Type.String(), { description: 'Of staff; empty for members.' }),
    organisation: Nullable(
      named(
        'MyOrganisation',
        Type.Object({ id: Type.String(), name: Type.String(), language: Type.String(), role: MemberRoleField }),
      ),
    ),
    permissions: Type.Array(OneOf(PERMISSIONS), {
      description: 'What the person may do, members in their organisation; a token may be narrower, see `scopes`.',
    }),
    credential: OneOf(['session', 'token']),
    scopes: Type.Array(OneOf(SCOPES), { description: 'What this credential may do, as far as the person may.' }),
    grantableScopes: Type.Array(OneOf(SCOPES), { description: 'What a new token may have.' }),
    hasPassword: Type.Boolean(),
    twoFactor: named('TwoFactorState', Type.Object({ totp: Type.Boolean(), passkeys: Type.Integer() })),
  }),
)

export const SessionView = named(
  'Session',
  Type.Object({
    id: Type.String(),
    isCurrent: Type.Boolean(),
    createdAt: Type.String(),
    expiresAt: Type.String(),
    ipAddress: Nullable(Type.String()),
    userAgent: Nullable(Type.String()),
  }),
)
export const SessionList = named('SessionList', Type.Object({ items: Type.Array(SessionView) }))
export const SessionPath = Type.Object({ sessionId: Id })
