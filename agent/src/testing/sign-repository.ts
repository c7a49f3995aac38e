// Signs the documents of the tests' TUF repository, each with its next version; below the root the order matters.
import { createHash } from 'node:crypto'
import {
  channelPaths,
  channelRole,
  DIRECTOR,
  headOf,
  signDocument,
  tufKeyOf,
  type RootDocument,
  type Signer,
  type TufDocument,
  type TufRole,
} from '@fairway/trust'
import type { Repository } from './repository.ts'

export const STABLE = channelRole('stable')

/** `before`: the keys of the root before this one, which sign too. */
export function signRoot(repository: Repository, before: Signer[] = []): void {
  const roles = {
    root: roleOf(repository, 'root'),
    targets: roleOf(repository, 'targets'),
    snapshot: roleOf(repository, 'snapshot'),
  }
  const signers = repository.signers['root'] ?? [...before, ...(repository.keys['root'] ?? [])]
  const document: RootDocument = {
    ...head(repository, 'root', 'root'),
    consistent_snapshot: true,
    keys: keysOf(repository, ['root', 'targets', 'snapshot', 'timestamp']),
    roles: { ...roles, timestamp: roleOf(repository, 'timestamp') },
  }
  put(repository, 'root', { signers: [...new Set(signers)], document })
}

export function signAll(repository: Repository): void {
  signTargets(repository)
  signBelow(repository)
}

export function signTargets(repository: Repository): void {
  const roles = [
    { name: DIRECTOR, ...roleOf(repository, DIRECTOR), paths: [`${DIRECTOR}/*`], terminating: true },
    { name: STABLE, ...roleOf(repository, STABLE), paths: channelPaths('stable'), terminating: true },
  ]
  const delegations = { keys: keysOf(repository, [DIRECTOR, STABLE]), roles }
  sign(repository, 'targets', { ...head(repository, 'targets', 'targets'), targets: {}, delegations })
}

/** What a publish changes. */
export function signBelow(repository: Repository): void {
  sign(repository, STABLE, { ...head(repository, STABLE, 'targets'), targets: repository.targets })
  signSnapshot(repository)
  signTimestamp(repository)
}

export function signSnapshot(repository: Repository): void {
  const meta = Object.fromEntries(
    ['targets', STABLE].map((role) => [`${role}.json`, { version: repository.versions[role] ?? 1 }]),
  )
  sign(repository, 'snapshot', { ...head(repository, 'snapshot', 'snapshot'), meta })
}

export function signTimestamp(repository: Repository): void {
  const version = repository.versions['snapshot'] ?? 1
  const bytes = repository.files.get(`${version}.snapshot.json`) ?? Buffer.alloc(0)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const meta = { 'snapshot.json': { version, length: bytes.length, hashes: { sha256 } } }
  sign(repository, 'timestamp', { ...head(repository, 'timestamp', 'timestamp'), meta })
}

function sign(repository: Repository, role: string, document: TufDocument): void {
  put(repository, role, { signers: repository.signers[role] ?? repository.keys[role] ?? [], document })
}

function put({ files }: Repository, role: string, { signers, document }: { signers: Signer[]; document: TufDocument }): void {
  const name = role === 'timestamp' ? 'timestamp.json' : `${document.version}.${role}.json`
  files.set(name, Buffer.from(JSON.stringify(signDocument(document, signers))))
}

function head<Type extends TufDocument['_type']>({ versions, expires }: Repository, role: string, type: Type) {
  const version = (versions[role] ?? 0) + 1
  versions[role] = version
  return headOf(type, { version, expires: expires[role] ?? new Date(Date.now() + 86_400_000) })
}

function roleOf({ keys, thresholds }: Repository, role: string): TufRole {
  return { keyids: (keys[role] ?? []).map(({ publicKey }) => tufKeyOf(publicKey).keyid), threshold: thresholds[role] ?? 1 }
}

function keysOf({ keys }: Repository, roles: string[]) {
  const named = roles.flatMap((role) => keys[role] ?? []).map(({ publicKey }) => tufKeyOf(publicKey))
  return Object.fromEntries(named.map(({ keyid, key }) => [keyid, key]))
}
