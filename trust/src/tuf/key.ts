// Names keys as TUF does, and turns our way of writing them into TUF's and back.
import { createHash } from 'node:crypto'
import { canonicalize } from '@tufjs/canonical-json'
import { decodeBase64 } from '../signing-key.ts'
import type { TufKey } from './documents.ts'

/** A key with its name: hex SHA-256 of its canonical JSON (TUF spec §4.2). */
export interface NamedKey {
  keyid: string
  key: TufKey
}

/** From the raw 32 bytes in base64url; throws a TypeError for anything else. */
export function tufKeyOf(publicKey: string): NamedKey {
  const raw = decodeBase64(publicKey, 'base64url')
  if (raw?.length !== 32) throw new TypeError('A public key is 32 bytes in base64url.')
  const key: TufKey = { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: raw.toString('hex') } }
  return { keyid: createHash('sha256').update(canonicalize(key)).digest('hex'), key }
}

/** The raw 32 bytes in base64url. */
export function publicKeyOf({ keyval }: TufKey) {
  return Buffer.from(keyval.public, 'hex').toString('base64url')
}
