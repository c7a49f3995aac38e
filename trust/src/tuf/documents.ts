// The documents of a TUF repository (spec 1.0.33, §4), as Fairway writes them: Ed25519 only, consistent snapshots always.

/** §4.2; `public` is hex of the raw 32 bytes. */
export interface TufKey {
  keytype: 'ed25519'
  scheme: 'ed25519'
  keyval: { public: string }
}

/** Who must sign: at least `threshold` of these keys. */
export interface TufRole {
  keyids: string[]
  threshold: number
}

export const TOP_ROLES = ['root', 'targets', 'snapshot', 'timestamp'] as const
export type TopRole = (typeof TOP_ROLES)[number]

interface Signed<Type extends string> {
  _type: Type
  spec_version: string
  version: number
  /** RFC 3339 in UTC, whole seconds (§4.2.1). */
  expires: string
}

/** §4.3 */
export interface RootDocument extends Signed<'root'> {
  consistent_snapshot: true
  keys: Record<string, TufKey>
  roles: Record<TopRole, TufRole>
}

/** §4.5; `custom` is free, and ours says what the file is. */
export interface TufTarget {
  length: number
  hashes: Record<string, string>
  custom?: Record<string, unknown>
}

export interface DelegatedRole extends TufRole {
  name: string
  paths: string[]
  terminating: boolean
}

export interface TargetsDocument extends Signed<'targets'> {
  targets: Record<string, TufTarget>
  delegations?: { keys: Record<string, TufKey>; roles: DelegatedRole[] }
}

/** §4.4 */
export interface SnapshotDocument extends Signed<'snapshot'> {
  meta: Record<string, { version: number }>
}

/** §4.6 */
export interface TimestampDocument extends Signed<'timestamp'> {
  meta: { 'snapshot.json': { version: number; length: number; hashes: { sha256: string } } }
}

export type TufDocument = RootDocument | TargetsDocument | SnapshotDocument | TimestampDocument

/** What is stored and sent: signatures beside what they are over. */
export interface TufEnvelope<Document extends TufDocument = TufDocument> {
  signatures: { keyid: string; sig: string }[]
  signed: Document
}

const SPEC_VERSION = '1.0.33'

/** The fields that all documents begin with. `expires` without fractions of a second, which the specification does not know. */
export function headOf<Type extends TufDocument['_type']>(type: Type, { version, expires }: { version: number; expires: Date }) {
  return {
    _type: type,
    spec_version: SPEC_VERSION,
    version,
    expires: `${expires.toISOString().slice(0, 19)}Z`,
  }
}
