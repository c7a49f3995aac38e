// Signs TUF documents and counts the signatures that count (spec §4.2.1 and §5).
import { canonicalize } from '@tufjs/canonical-json'
import { isSignedBy, signBytes } from '../signing-key.ts'
import type { TufDocument, TufEnvelope, TufKey, TufRole } from './documents.ts'
import { publicKeyOf, tufKeyOf } from './key.ts'

/** Both in base64url, as `createSigningKey` gives them. */
export interface Signer {
  publicKey: string
  privateKey: string
}

/** The bytes that are signed: canonical JSON of the document alone. */
export function bytesToSign(document: TufDocument): Buffer {
  return Buffer.from(canonicalize(document))
}

/** Hex of the Ed25519 signature with the name of its key. Throws a TypeError for keys that do not belong together. */
export function signatureOf(document: TufDocument, signer: Signer) {
  return { keyid: tufKeyOf(signer.publicKey).keyid, sig: signBytes(bytesToSign(document), signer).toString('hex') }
}

export function signDocument<Document extends TufDocument>(signed: Document, signers: Signer[]): TufEnvelope<Document> {
  return { signatures: signers.map((signer) => signatureOf(signed, signer)), signed }
}

/**
 * The keys of the role whose signatures over this document are right; each key counts once (§5, "threshold").
 * Never throws: envelope and keys may come from the network, where only their outer shape was looked at.
 */
export function signedBy(envelope: TufEnvelope, role: TufRole, keys: Record<string, TufKey>): string[] {
  const bytes = bytesIfAny(envelope.signed)
  if (!bytes) return []
  return [...new Set(role.keyids)].filter((keyid) => {
    const key = Object.hasOwn(keys, keyid) ? keys[keyid] : undefined
    const signature = envelope.signatures.find((one) => one.keyid === keyid)
    // Named by what it is, or two names of one key would be two signatures.
    if (!signature || !isKey(key) || tufKeyOf(publicKeyOf(key)).keyid !== keyid) return false
    return isSignedBy(publicKeyOf(key), bytes, Buffer.from(signature.sig, 'hex'))
  })
}

export function isSignedEnough(envelope: TufEnvelope, role: TufRole, keys: Record<string, TufKey>) {
  // A threshold of none would be met by nobody's signature.
  return role.threshold >= 1 && signedBy(envelope, role, keys).length >= role.threshold
}

/** Undefined for what cannot be written canonically (a fraction, a depth without end): nobody can have signed it. */
function bytesIfAny(document: TufDocument): Buffer | undefined {
  try {
    return bytesToSign(document)
  } catch {
    return undefined
  }
}

/** Of another kind, or malformed: no key of ours, so it signs nothing. */
function isKey(key: TufKey | undefined | null): key is TufKey {
  const { keytype, scheme, keyval } = key ?? {}
  return keytype === 'ed25519' && scheme === 'ed25519' && /^[0-9a-f]{64}$/.test(String(keyval?.public))
}
