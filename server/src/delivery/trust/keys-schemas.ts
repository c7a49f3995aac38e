// The wire shapes of keys, of documents that wait for signatures, and of signatures.
import { Type } from 'typebox'
import { Fields, Int32, named, Nullable, PageOf, Slug } from '#platform/schemas'

const Role = Type.String({
  pattern: '^(root|targets|snapshot|timestamp|director|channel-[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?)$',
  maxLength: 48,
  description: '`root`, `targets`, `snapshot`, `timestamp`, `director`, or `channel-` and its name.',
})
const Keyid = Type.String({ pattern: '^[0-9a-f]{64}$', maxLength: 64, description: 'The TUF key id.' })
const PublicKey = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', maxLength: 43, description: '32 bytes of Ed25519, base64url.' })

export const KeysPath = Fields({ productId: Slug })
export const RolePath = Fields({ productId: Slug, role: Role })

export const KeyChangeBody = named(
  'KeyChange',
  Fields({
    threshold: Type.Optional(Int32(1, 20)),
    add: Type.Optional(Type.Array(PublicKey, { maxItems: 20, description: 'Public parts of keys that are kept elsewhere.' })),
    remove: Type.Optional(Type.Array(Keyid, { maxItems: 20 })),
    replace: Type.Optional(Type.Boolean({ description: 'The keys in `add` become all there are.' })),
    fresh: Type.Optional(Type.Boolean({ description: 'A fresh key that Fairway makes and holds becomes the only one.' })),
  }),
)
export const NewSignature = named(
  'NewSignature',
  Fields({
    version: Int32(1),
    keyid: Keyid,
    sig: Type.String({ pattern: '^[0-9a-f]{128}$', maxLength: 128, description: 'Ed25519 over the bytes, hex.' }),
  }),
)

const needs = {
  signed: Type.Array(Type.String(), { description: 'Keys whose signature is there.' }),
  needed: Type.Array(Type.String(), { description: 'Keys whose signature would count and is not there.' }),
  missing: Type.Integer({ description: 'How many of those are enough; 0: it waits for another document only.' }),
}

export const TrustKeyView = named(
  'TrustKey',
  Type.Object({
    keyid: Type.String(),
    publicKey: Type.String(),
    fingerprint: Type.String(),
    kept: Type.Union([Type.Literal('here'), Type.Literal('elsewhere'), Type.Literal('lost')], {
      description: '`here`: Fairway holds it. `lost`: Fairway held it, and cannot sign with it any more.',
    }),
    state: Type.Union([Type.Literal('in_force'), Type.Literal('coming'), Type.Literal('leaving')]),
    since: Nullable(Type.String()),
  }),
)
export const RoleKeysView = named(
  'RoleKeys',
  Type.Object({
    role: Type.String(),
    threshold: Type.Integer({ description: 'How many must sign, as installations believe now.' }),
    keys: Type.Array(TrustKeyView),
    next: Nullable(Type.Object({ threshold: Type.Integer(), keyids: Type.Array(Type.String()) })),
    document: Nullable(Type.Object({ version: Type.Integer(), expiresAt: Type.String() })),
    waiting: Nullable(
      Type.Object({
        version: Type.Integer(),
        expiresAt: Type.String(),
        changes: Type.Array(Type.String(), { description: 'What it would change, in sentences.' }),
        ...needs,
      }),
    ),
  }),
)
export const ProductKeysView = named('ProductKeys', Type.Object({ productId: Type.String(), roles: Type.Array(RoleKeysView) }))

const Json = () => Type.Record(Type.String(), Type.Unknown())
export const UnsignedView = named(
  'UnsignedDocument',
  Type.Object({
    role: Type.String(),
    version: Type.Integer(),
    document: Type.Unsafe<object>(Json()),
    before: Type.Unsafe<object | null>(Nullable(Json())),
    bytes: Type.String({ description: 'Base64 of exactly the bytes to sign: the canonical JSON of `document`.' }),
    ...needs,
  }),
)
export const UnsignedPage = PageOf('UnsignedPage', UnsignedView)
