// What an enrolment is: a token for one key and one hour; and the form of that token.
import { createHash, timingSafeEqual } from 'node:crypto'

export const ENROLMENT_MS = 3_600_000

export interface Enrolment {
  id: string
  secretSha256: string
  organisationId: string
  productId: string
  channel: string
  name: string
  expiresAt: Date
  /** The key that used it, and the installation that came of it; null before. */
  publicKey: string | null
  installationId: string | null
}

const TOKEN = /^(fwe_[0-9a-z]{16})_([A-Za-z0-9_-]{43})$/

export function toToken(id: string, secret: string) {
  return `${id}_${secret}`
}

export function readToken(token: string) {
  const [, id, secret] = TOKEN.exec(token) ?? []
  return id !== undefined && secret !== undefined ? { id, secret } : undefined
}

/** SHA-256 is enough for 256 random bits. */
export function hashSecret(secret: string) {
  return createHash('sha256').update(secret).digest('hex')
}

/** Why this key may not use this enrolment; a wrong secret looks like an unknown token. */
export function whyNotEnrol(
  enrolment: Enrolment | undefined,
  { secret, publicKey, now }: { secret: string; publicKey: string; now: Date },
) {
  if (!enrolment || !isSecret(enrolment, secret)) return 'enrolment.unknown'
  if (enrolment.expiresAt <= now) return 'enrolment.expired'
  if (enrolment.publicKey !== null && enrolment.publicKey !== publicKey) return 'enrolment.used'
  return undefined
}

function isSecret({ secretSha256 }: Enrolment, secret: string) {
  return timingSafeEqual(Buffer.from(secretSha256, 'hex'), Buffer.from(hashSecret(secret), 'hex'))
}

/** Ed25519 public keys travel as base64url of their 32 bytes, in the one canonical form. */
export function isPublicKey(text: string) {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.length === 32 && bytes.toString('base64url') === text
}
