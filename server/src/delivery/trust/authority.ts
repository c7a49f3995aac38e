// Whose signatures make a document believed: the keys of its role, named by the root or by the targets document above it. Pure.
import {
  isSignedEnough,
  signedBy,
  TOP_ROLES,
  type TopRole,
  type TufDocument,
  type TufEnvelope,
  type TufKey,
  type TufRole,
} from '@fairway/trust'
import { inForce, type RepositoryDocument, type RoleName, waiting } from './repository.ts'

/** A key set, and how many of it must sign. */
export interface Authority {
  role: TufRole
  keys: Record<string, TufKey>
}

/** What `above` (a root, or the targets document) says about who signs this role; undefined where it names no such role. */
export function authorityIn(above: TufDocument | undefined, role: RoleName): Authority | undefined {
  if (above?._type === 'root' && isTopRole(role)) return { role: above.roles[role], keys: above.keys }
  if (above?._type !== 'targets') return undefined
  const delegated = above.delegations?.roles.find(({ name }) => name === role)
  return delegated && { role: delegated, keys: above.delegations?.keys ?? {} }
}

/** A new root needs two key sets, that of the root before and its own (TUF spec 1.0.33 §5.3.4). */
export function authoritiesOfRoot(before: TufDocument | undefined, signed: TufDocument): Authority[] {
  return [before, signed].flatMap((one) => authorityIn(one, 'root') ?? [])
}

/** Whoever names the keys of this role: the root for the four at the top, the targets document for all others. */
export function delegatorOf(role: RoleName): RoleName {
  return isTopRole(role) ? 'root' : 'targets'
}

/** Every key set that a waiting document may still need: of what is in force above it, and of what waits there. */
export function authoritiesFor(documents: RepositoryDocument[], role: RoleName, signed: TufDocument): Authority[] {
  if (role === 'root') return authoritiesOfRoot(inForce(documents, 'root')?.envelope.signed, signed)
  const above = delegatorOf(role)
  // Once the next one above names other keys, these are what it waits for; those of the old one no longer help.
  const next = authorityIn(waiting(documents, above)?.envelope.signed, role)
  return [next ?? authorityIn(inForce(documents, above)?.envelope.signed, role)].filter((one) => one !== undefined)
}

export const isEnough = (envelope: TufEnvelope, { role, keys }: Authority) => isSignedEnough(envelope, role, keys)

export interface Need {
  /** Keys whose signature is there, and counts. */
  signed: string[]
  /** Keys whose signature would count, and is not there. */
  needed: string[]
  /** How many of those are enough. */
  missing: number
}

export function needOf(envelope: TufEnvelope, authorities: Authority[]): Need {
  const sets = authorities.map(({ role, keys }) => {
    const signed = signedBy(envelope, role, keys)
    const open = [...new Set(role.keyids)].filter((keyid) => !signed.includes(keyid) && Object.hasOwn(keys, keyid))
    return { signed, open, missing: Math.max(0, role.threshold - signed.length) }
  })
  const unmet = sets.filter(({ missing }) => missing > 0)
  const [first, second] = unmet
  // A key of both sets signs once for both.
  const both = first && second ? first.open.filter((keyid) => second.open.includes(keyid)).length : 0
  const sum = unmet.reduce((total, { missing }) => total + missing, 0)
  return {
    signed: [...new Set(sets.flatMap(({ signed }) => signed))],
    needed: [...new Set(unmet.flatMap(({ open }) => open))],
    missing: sum - Math.min(both, first?.missing ?? 0, second?.missing ?? 0),
  }
}

function isTopRole(role: RoleName): role is TopRole {
  return (TOP_ROLES as readonly string[]).includes(role)
}
