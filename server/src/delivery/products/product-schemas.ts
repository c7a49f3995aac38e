// The wire shapes of products and channels.
import { Type } from 'typebox'
import { Fields, Int32, named, PageOf, Slug, Text } from '#platform/schemas'

const BakeSeconds = Int32(0, 604_800)

export const NewProduct = named(
  'NewProduct',
  Fields({ id: Slug, name: Text(120), isPublic: Type.Optional(Type.Boolean()), bakeSeconds: Type.Optional(BakeSeconds) }),
)
export const ProductChange = named(
  'ProductChange',
  Fields({ name: Type.Optional(Text(120)), isPublic: Type.Optional(Type.Boolean()), bakeSeconds: Type.Optional(BakeSeconds) }),
)
export const ProductPath = Fields({ productId: Slug })
export const NewChannel = named('NewChannel', Fields({ name: Slug }))

export const ChannelView = named('Channel', Type.Object({ name: Type.String() }))
export const ProductView = named(
  'Product',
  Type.Object({
    id: Type.String(),
    name: Type.String(),
    isPublic: Type.Boolean({ description: 'Anybody may fetch it through the third-party update protocols without signing in.' }),
    fingerprint: Type.String({
      description: 'Of the key that signs its manifests: `sha256:` and 64 hex digits. Installations pin it.',
    }),
    bakeSeconds: Type.Integer({
      description: 'How long an installation must be healthy with a fix before inquiries about it close.',
    }),
    channels: Type.Array(ChannelView),
    createdAt: Type.String(),
  }),
)
export const ProductPage = PageOf('ProductPage', ProductView)
