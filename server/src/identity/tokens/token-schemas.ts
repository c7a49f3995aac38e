// The wire shapes of API tokens.
import { Type } from 'typebox'
import { Fields, Id, named, Nullable, OneOf, Text, Timestamp } from '#platform/schemas'
import { SCOPES } from '../actor.ts'

const fields = {
  id: Type.String(),
  name: Type.String(),
  scopes: Type.Array(OneOf(SCOPES)),
  createdAt: Type.String(),
  expiresAt: Nullable(Type.String()),
  lastUsedAt: Nullable(Type.String({ description: 'To the minute.' })),
  revokedAt: Nullable(Type.String()),
}

export const TokenView = named('Token', Type.Object(fields))
export const TokenList = named('TokenList', Type.Object({ items: Type.Array(TokenView) }))
export const IssuedToken = named(
  'IssuedToken',
  Type.Object({ ...fields, token: Type.String({ description: 'Shown this once: keep it now.' }) }),
)
export const TokenPath = Type.Object({ tokenId: Id })
export const NewToken = named(
  'NewToken',
  Fields({
    name: Text(120),
    scopes: Type.Array(OneOf(SCOPES), { minItems: 1, maxItems: SCOPES.length }),
    expiresAt: Type.Optional(Nullable(Timestamp)),
  }),
)
