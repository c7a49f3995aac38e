// Says in sentences what a document would change, for a person who is about to sign it; computed from the documents alone, so that nobody has to be believed.
import type { DelegatedRole, RootDocument, TargetsDocument, TufDocument, TufKey, TufRole, TufTarget } from './documents.ts'
import { TOP_ROLES } from './documents.ts'

/** One sentence for each change, in the order in which they matter; without `before` everything is new. */
export function describeChanges(next: TufDocument, before?: TufDocument): string[] {
  const changes = changesOf(next, before)
  const until = `Valid until ${next.expires}${before ? ` (the one before: ${before.expires})` : ''}.`
  return [...(changes.length === 0 ? ['Nothing changes but version and time.'] : changes), until]
}

function changesOf(next: TufDocument, before?: TufDocument): string[] {
  if (next._type === 'root') return rootChanges(next, before?._type === 'root' ? before : undefined)
  if (next._type === 'targets') return targetsChanges(next, before?._type === 'targets' ? before : undefined)
  return [...compare(entriesOf(next.meta), entriesOf(before && 'meta' in before ? before.meta : {}))].map(
    ([name, meta]) => `${name} is of version ${meta?.version ?? 'none'}.`,
  )
}

function rootChanges(next: RootDocument, before?: RootDocument) {
  return TOP_ROLES.flatMap((name) =>
    roleChanges(name, { next: next.roles[name], keys: next.keys, before: before?.roles[name], keysBefore: before?.keys }),
  )
}

function targetsChanges(next: TargetsDocument, before?: TargetsDocument) {
  const roles = rolesOf(next)
  const rolesBefore = rolesOf(before)
  const gone = [...rolesBefore.keys()].filter((name) => !roles.has(name)).map((name) => `${name}: signs nothing any more.`)
  const changed = [...roles].flatMap(([name, role]) => {
    const known = rolesBefore.get(name)
    const keys = { keys: next.delegations?.keys ?? {}, keysBefore: before?.delegations?.keys }
    return [...scopeChanges(role, known), ...roleChanges(name, { next: role, before: known, ...keys })]
  })
  return [...gone, ...changed, ...fileChanges(next.targets, before?.targets ?? {})]
}

function scopeChanges(role: DelegatedRole, before?: DelegatedRole) {
  const scope = ({ paths, terminating }: DelegatedRole) => `${paths.join(', ')}${terminating ? '' : ', together with others'}`
  if (!before) return [`${role.name}: a new role, for ${scope(role)}.`]
  return scope(role) === scope(before) ? [] : [`${role.name}: signs for ${scope(role)} (before: ${scope(before)}).`]
}

interface RoleChange {
  next: TufRole
  keys: Record<string, TufKey>
  before: TufRole | undefined
  keysBefore: Record<string, TufKey> | undefined
}

function roleChanges(name: string, { next, keys, before, keysBefore }: RoleChange) {
  const added = next.keyids.filter((keyid) => !before?.keyids.includes(keyid))
  const removed = before?.keyids.filter((keyid) => !next.keyids.includes(keyid)) ?? []
  const swapped = next.keyids.filter(
    (keyid) => before?.keyids.includes(keyid) && keys[keyid]?.keyval.public !== keysBefore?.[keyid]?.keyval.public,
  )
  const rule = (role: TufRole) => `${role.threshold} of ${role.keyids.length} must sign`
  const isSameRule = before && rule(next) === rule(before)
  return [
    ...[...added, ...swapped].map(
      (keyid) => `${name}: key ${keyid} is added (public key ${keys[keyid]?.keyval.public ?? 'missing'}).`,
    ),
    ...removed.map((keyid) => `${name}: key ${keyid} is removed.`),
    ...(isSameRule ? [] : [`${name}: ${rule(next)}${before ? ` (before: ${rule(before)})` : ''}.`]),
  ]
}

function fileChanges(next: Record<string, TufTarget>, before: Record<string, TufTarget>) {
  return compare(entriesOf(next), entriesOf(before)).map(([path, target, old]) => {
    if (!target) return `${path} is no longer offered.`
    const facts = `${target.length} bytes, sha256 ${target.hashes.sha256 ?? 'missing'}`
    if (!old) return `${path} is added: ${facts}${replacesOf(target)}.`
    const isSameFile = facts === `${old.length} bytes, sha256 ${old.hashes.sha256 ?? 'missing'}`
    return isSameFile
      ? `${path}: other words about the same file${replacesOf(target)}.`
      : `${path} IS ANOTHER FILE NOW: ${facts}.`
  })
}

/** A rollback is an order: it must not be signed by oversight. */
function replacesOf({ custom }: TufTarget) {
  const count = Array.isArray(custom?.replaces) ? custom.replaces.length : 0
  return count > 0 ? `; ${count === 1 ? 'one newer release' : `${count} newer releases`} may go back to it` : ''
}

/** Name, new value, old value, of everything that differs. */
function compare<Value>(next: Map<string, Value>, before: Map<string, Value>) {
  const names = [...new Set([...next.keys(), ...before.keys()])].toSorted()
  return names
    .filter((name) => JSON.stringify(next.get(name)) !== JSON.stringify(before.get(name)))
    .map((name) => [name, next.get(name), before.get(name)] as const)
}

const entriesOf = <Value>(record: Record<string, Value>) => new Map(Object.entries(record))
const rolesOf = (document: TargetsDocument | undefined) =>
  new Map((document?.delegations?.roles ?? []).map((role) => [role.name, role]))
