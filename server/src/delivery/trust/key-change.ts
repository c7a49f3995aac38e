// What a change of a role's keys comes to, and the rules that it keeps. Pure.
import type { TufRole } from '@fairway/trust'
import { DIRECTOR } from '@fairway/trust'
import { isOnline, type RepositoryState, type RoleName } from './repository.ts'

/** As it is wished for; keys to add and remove by their ids. */
export interface KeyChange {
  threshold?: number | undefined
  add: string[]
  remove: string[]
  /** The keys to add become all there are. */
  isReplacement: boolean
}

export interface Wrong {
  pointer: string
  code: string
  detail: string
}

const MAX_KEYS = 20

export function changedRole(current: TufRole, { threshold, add, remove, isReplacement }: KeyChange): TufRole {
  const kept = isReplacement ? [] : current.keyids.filter((keyid) => !remove.includes(keyid))
  return { keyids: [...new Set([...kept, ...add])], threshold: threshold ?? current.threshold }
}

/** @param reserved keys that may stand in no role but the root: the one that signs manifests. */
export function whyNotChangeKeys(
  state: Pick<RepositoryState, 'roles' | 'signers' | 'documents'>,
  { role, change, next, reserved }: { role: RoleName; change: KeyChange; next: TufRole; reserved: string },
): Wrong | undefined {
  const current = state.roles[role] ?? { keyids: [], threshold: 1 }
  const unknown = change.remove.findIndex((keyid) => !current.keyids.includes(keyid))
  if (unknown >= 0)
    return wrong(
      `/remove/${unknown}`,
      'keys.unknown',
      `${role} has no key ${change.remove[unknown]}. Its keys are in “keys show”.`,
    )
  const foreign = change.add.findIndex(
    (keyid) => otherRoleOf(state, role, keyid) !== undefined || (keyid === reserved && role !== 'root'),
  )
  if (foreign >= 0) {
    const other = otherRoleOf(state, role, change.add[foreign] ?? '') ?? 'manifests'
    return wrong(
      `/add/${foreign}`,
      'keys.used_elsewhere',
      `This key signs for ${other} already. A key has one role, so that losing it costs one role: make another one.`,
    )
  }
  return whyNotRole(state, role, next)
}

function whyNotRole(
  { signers }: Pick<RepositoryState, 'signers'>,
  role: RoleName,
  { keyids, threshold }: TufRole,
): Wrong | undefined {
  if (keyids.length === 0 || keyids.length > MAX_KEYS)
    return wrong('/add', 'keys.count_wrong', `A role has 1 to ${MAX_KEYS} keys; ${role} would have ${keyids.length}.`)
  if (threshold < 1 || threshold > keyids.length)
    return wrong(
      '/threshold',
      'keys.threshold_wrong',
      `${threshold} of ${keyids.length} keys cannot sign. Set a threshold from 1 to ${keyids.length}.`,
    )
  // One signature stands on each direction, since each is made while an installation waits.
  if (role === DIRECTOR && threshold > 1)
    return wrong('/threshold', 'keys.director_alone', 'The director signs alone: its threshold is 1.')
  const held = keyids.filter((keyid) => signers[keyid]).length
  if (isOnline(role) && held < threshold)
    return wrong(
      '/remove',
      'keys.needed_here',
      `${role} is signed by Fairway itself, again and again: it needs ${threshold} of its keys here, and would have ${held}. Use “fresh” to replace a key.`,
    )
  return undefined
}

/** The role that a key belongs to by wish or by a document in force, other than this one. */
function otherRoleOf({ roles, documents }: Pick<RepositoryState, 'roles' | 'documents'>, role: RoleName, keyid: string) {
  const wanted = Object.entries(roles).find(([name, one]) => name !== role && one.keyids.includes(keyid))
  if (wanted) return wanted[0]
  for (const { envelope } of documents) {
    const { signed } = envelope
    const named =
      signed._type === 'root'
        ? Object.entries(signed.roles)
        : signed._type === 'targets'
          ? (signed.delegations?.roles ?? []).map((one) => [one.name, one] as const)
          : []
    const other = named.find(([name, one]) => name !== role && one.keyids.includes(keyid))
    if (other) return other[0]
  }
  return undefined
}

function wrong(pointer: string, code: string, detail: string): Wrong {
  return { pointer, code, detail }
}
