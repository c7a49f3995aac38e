// A little TUF repository with a director, for tests: really signed, and every part of it can be made wrong.
import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import {
  createSigningKey,
  DIRECTOR,
  signDirection,
  targetPath,
  type ArtifactKind,
  type Signer,
  type TufTarget,
} from '@fairway/trust'
import { signAll, signBelow, signRoot, STABLE } from './sign-repository.ts'

const dayMs = 86_400_000

/** What is signed of a release's file. */
export interface PublishedRelease {
  version: string
  releaseId: string
  sequence: number
  bytes: Buffer
  kind: ArtifactKind
  name: string
  product?: string
  /** Signed instead of the true length. */
  size?: number
  replaces?: string[]
  plain?: { sha256: string; size: number } | undefined
}

/** `keys`: who may sign. `signers`: who does, if others. `special`: answers instead of the file of this name. */
export function createRepository(pinned: Signer) {
  const keys: Record<string, Signer[]> = { root: [pinned] }
  for (const role of ['targets', 'snapshot', 'timestamp', DIRECTOR, STABLE]) keys[role] = [createSigningKey()]
  const repository = {
    keys,
    thresholds: {} as Record<string, number | undefined>,
    signers: {} as Record<string, Signer[] | undefined>,
    expires: {} as Record<string, Date | undefined>,
    versions: {} as Record<string, number | undefined>,
    targets: {} as Record<string, TufTarget>,
    /** By name below `metadata/`. */
    files: new Map<string, Buffer>(),
    /** By path below `targets/`. */
    blobs: new Map<string, Buffer>(),
    special: new Map<string, (response: ServerResponse) => void>(),
    directions: 0,
  }
  signRoot(repository)
  signAll(repository)
  return repository
}

export type Repository = ReturnType<typeof createRepository>

/** New keys for roles; the root that says so is signed by the old root keys too. */
export function rotate(repository: Repository, keys: Record<string, Signer[]>, thresholds: Record<string, number> = {}): void {
  const before = repository.keys['root'] ?? []
  Object.assign(repository.keys, keys)
  Object.assign(repository.thresholds, thresholds)
  signRoot(repository, before)
  signAll(repository)
}

/** Ends with the path of the target. */
export function publish(repository: Repository, release: PublishedRelease): string {
  const { version, releaseId, sequence, bytes, kind, name, product = 'till', size = bytes.length, replaces, plain } = release
  const channel = 'stable'
  const where = { platform: process.platform, arch: process.arch, name, kind }
  const what = { format: 2, product, channel, releaseId, version, sequence, publishedAt: '2026-11-23T10:00:00.000Z' }
  const path = targetPath({ channel, version, name })
  const hashes = { sha256: digest(bytes, 'sha256'), sha512: digest(bytes, 'sha512') }
  repository.targets = {
    ...repository.targets,
    [path]: { length: size, hashes, custom: { ...what, ...where, ...(plain && { plain }), ...(replaces && { replaces }) } },
  }
  repository.blobs.set(`${channel}/${version}/${hashes.sha256}.${name}`, bytes)
  signBelow(repository)
  return path
}

export interface DirectionWish {
  installationId?: string
  target?: TufTarget
  signer?: Signer | undefined
  version?: number
  expires?: Date
}

export function direct(repository: Repository, path: string, wish: DirectionWish = {}) {
  const target = wish.target ?? repository.targets[path]
  const signer = wish.signer ?? repository.keys[DIRECTOR]?.[0]
  if (!target || !signer) throw new Error(`Nothing was published at ${path}.`)
  repository.directions += 1
  const { installationId = 'in_1', version = repository.directions, expires = new Date(Date.now() + dayMs) } = wish
  return signDirection({ installationId, path, target, version, expires }, signer)
}

/** `name`: the path behind `/updates/tuf/{product}/`. */
export function serve(repository: Repository, name: string, response: ServerResponse): void {
  const special = repository.special.get(name)
  if (special) return special(response)
  const [folder, ...rest] = name.split('/')
  const bytes = (folder === 'metadata' ? repository.files : repository.blobs).get(rest.join('/'))
  response.writeHead(bytes ? 200 : 404, { 'content-type': 'application/json' })
  response.end(bytes ?? '{"code":"tuf.none"}')
}

function digest(bytes: Buffer, algorithm: 'sha256' | 'sha512'): string {
  return createHash(algorithm).update(bytes).digest('hex')
}
