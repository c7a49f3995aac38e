// What a TUF repository is made of on our side: roles that people want, keys, documents, and how long each lives.
import { DIRECTOR, type TufEnvelope, type TufKey, type TufRole } from '@fairway/trust'

/** `root`, `targets`, `snapshot`, `timestamp`, `director`, or `channel-<name>`. */
export type RoleName = string

export interface RepositoryDocument {
  role: RoleName
  version: number
  /** As it is served, byte for byte. */
  body: string
  envelope: TufEnvelope
  expiresAt: Date
  /** Enough keys have signed it; until then the one before is served. */
  isComplete: boolean
}

export interface Signer {
  publicKey: string
  privateKey: string
}

export interface RepositoryState {
  productId: string
  roles: Record<RoleName, TufRole>
  keys: Record<string, TufKey>
  /** By key id: those that we hold. Others are kept elsewhere, and their signatures are brought. */
  signers: Record<string, Signer>
  documents: RepositoryDocument[]
}

/** Signed by us, again and again: these roles are never without a key of ours. */
export function isOnline(role: RoleName) {
  return role === 'snapshot' || role === 'timestamp' || role === DIRECTOR
}

const DAY_MS = 86_400_000

interface Life {
  days: number
  /** Renewed when less than this is left. */
  renewDays: number
}

/** Short for what an online key signs again by itself, long for what may need people (TUF spec 1.0.33 §4.4.1, PEP 458 "Metadata expiry times"). */
function lifeOf(role: RoleName): Life {
  if (role === 'timestamp') return { days: 1, renewDays: 0.5 }
  if (role === 'snapshot') return { days: 7, renewDays: 3 }
  return role === 'root' || role === 'targets' ? { days: 365, renewDays: 60 } : { days: 90, renewDays: 30 }
}

export function expiryOf(role: RoleName, now: Date) {
  return new Date(now.getTime() + lifeOf(role).days * DAY_MS)
}

export function renewalOf(role: RoleName, expiresAt: Date) {
  return new Date(expiresAt.getTime() - lifeOf(role).renewDays * DAY_MS)
}

/** The one that is served. */
export function inForce(documents: RepositoryDocument[], role: RoleName) {
  return documents.filter((one) => one.role === role && one.isComplete).toSorted((a, b) => b.version - a.version)[0]
}

/** The next one, which waits for signatures. */
export function waiting(documents: RepositoryDocument[], role: RoleName) {
  return documents.filter((one) => one.role === role && !one.isComplete).toSorted((a, b) => b.version - a.version)[0]
}
