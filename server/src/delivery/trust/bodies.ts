// What each document of a repository should say, apart from version and times. Pure.
import { createHash } from 'node:crypto'
import {
  channelPaths,
  channelRole,
  DIRECTOR,
  type RootDocument,
  type SnapshotDocument,
  type TargetsDocument,
  type TimestampDocument,
  TOP_ROLES,
  type TufDocument,
  type TufRole,
} from '@fairway/trust'
import { inForce, type RepositoryDocument, type RepositoryState, type RoleName } from './repository.ts'

export type Body<Document extends TufDocument = TufDocument> = Omit<Document, 'version' | 'expires' | 'spec_version'>

function keysOf(state: RepositoryState, roles: RoleName[]) {
  const keyids = roles.flatMap((role) => state.roles[role]?.keyids ?? []).toSorted()
  return Object.fromEntries(keyids.flatMap((keyid) => (state.keys[keyid] ? [[keyid, state.keys[keyid]]] : [])))
}

function roleOf({ roles, productId }: RepositoryState, name: RoleName): TufRole {
  const role = roles[name]
  if (!role) throw new Error(`The repository of ${productId} has no role ${name}.`)
  return { keyids: role.keyids, threshold: role.threshold }
}

export function rootBody(state: RepositoryState): Body<RootDocument> {
  const [root, targets, snapshot, timestamp] = TOP_ROLES.map((name) => roleOf(state, name)) as [
    TufRole,
    TufRole,
    TufRole,
    TufRole,
  ]
  return {
    _type: 'root',
    consistent_snapshot: true,
    keys: keysOf(state, [...TOP_ROLES]),
    roles: { root, targets, snapshot, timestamp },
  }
}

/** Says nothing about files itself: each channel does about its own, and the director about installations. */
export function targetsBody(state: RepositoryState, channels: string[]): Body<TargetsDocument> {
  const roles = [
    { name: DIRECTOR, ...roleOf(state, DIRECTOR), paths: [`${DIRECTOR}/*`], terminating: true },
    ...channels.map((channel) => ({
      name: channelRole(channel),
      ...roleOf(state, channelRole(channel)),
      paths: channelPaths(channel),
      terminating: true,
    })),
  ]
  const keys = keysOf(state, [DIRECTOR, ...channels.map(channelRole)])
  return { _type: 'targets', targets: {}, delegations: { keys, roles } }
}

export function snapshotBody(documents: RepositoryDocument[], top: TargetsDocument | undefined): Body<SnapshotDocument> {
  const named = ['targets', ...(top?.delegations?.roles ?? []).map(({ name }) => name)]
  const meta = named.flatMap((role) => {
    const document = inForce(documents, role)
    return document ? [[`${role}.json`, { version: document.version }] as const] : []
  })
  return { _type: 'snapshot', meta: Object.fromEntries(meta) }
}

export function timestampBody({ version, body }: RepositoryDocument): Body<TimestampDocument> {
  const sha256 = createHash('sha256').update(body).digest('hex')
  return { _type: 'timestamp', meta: { 'snapshot.json': { version, length: Buffer.byteLength(body), hashes: { sha256 } } } }
}
