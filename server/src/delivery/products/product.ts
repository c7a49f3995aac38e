// What a product and its channels are.
export interface ProductRecord {
  id: string
  name: string
  isPublic: boolean
  /** base64url, 32 bytes of Ed25519. */
  manifestKey: string
  /** How long an installation must be healthy with a fix before inquiries about it close. */
  bakeSeconds: number
  createdAt: Date
}

export const DEFAULT_BAKE_SECONDS = 60

/** Every product begins with these. */
export const FIRST_CHANNELS = ['stable', 'beta']

/** Binds the wrapped key to its product, so that nobody can swap keys in the database. */
export function manifestKeyPurpose(productId: string) {
  return `manifest-key:${productId}`
}
