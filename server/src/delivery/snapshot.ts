// What delivery tells the update protocols: plain data, read at one moment.
import type { Direction, PlainContent, SignedManifest, TufTarget } from '@fairway/trust'

export interface Product {
  id: string
  name: string
  /** Anybody may fetch it without signing in. */
  isPublic: boolean
  /** base64url, 32 bytes: what installations pin. */
  manifestKey: string
  /** How long an installation must be healthy with a fix before inquiries about it close. */
  bakeSeconds: number
}

export interface PublishedArtifact {
  id: string
  platform: string
  arch: string
  name: string
  kind: 'tar.gz' | 'tar.zst' | 'zip' | 'opaque'
  size: number
  sha256: string
  /** hex */
  sha512: string
  /** What is inside; null where nobody could learn it. */
  plain: PlainContent | null
}

/** The way from an old plain content to that of an artifact, as RFC 9842 `dcz`. */
export interface PublishedPatch {
  artifactId: string
  dictionarySha256: string
  /** Of the patch itself. */
  sha256: string
  size: number
}

export interface PublishedRelease {
  id: string
  productId: string
  version: string
  sequence: number
  state: 'published' | 'withdrawn'
  publishedAt: Date
  notes: string
  /** Known errors that it fixes, `KE-118`. */
  fixes: string[]
  /** The oldest version that can go to this one directly. */
  minimumVersion: string | null
  manifest: SignedManifest
  artifacts: PublishedArtifact[]
}

export interface ActiveRollout {
  id: string
  releaseId: string
  salt: string
  state: 'running' | 'paused'
  startedAt: Date
  /** Percent of the step under way, and the hash (hex) up to which installations are in; null before the first step. */
  percent: number
  threshold: string | null
  /** The step under way, from 1. */
  step: number
  /** The whole plan; steps that have not started have no threshold. */
  steps: { percent: number; threshold: string | null }[]
}

export interface ChannelState {
  productId: string
  name: string
  /** The release of the last rollout here that completed. */
  completedReleaseId: string | null
  /** The releases of all rollouts here that completed and were not sent back: what older versions can go over. */
  provenReleaseIds: string[]
  /** Every release that a rollout ever took here, withdrawn ones included. */
  releaseIds: string[]
  /** The unfinished rollout, at most one. */
  rollout: ActiveRollout | null
  /** Who runs the one is to go back to the other, which is older. */
  rollbacks: { fromReleaseId: string; toReleaseId: string }[]
}

export interface DirectionWish {
  installationId: string
  path: string
  target: TufTarget
  version: number
  expires: Date
}

/** The TUF repository of a product: what is served, by file name, and what each channel's role has signed. */
export interface ProductRepository {
  productId: string
  /** Complete JSON documents, as they are served: `timestamp.json`, `3.channel-stable.json`. */
  files: Map<string, string>
  /** By path, `stable/1.1.0/till.tar.gz`. */
  targets: Map<string, TufTarget>
  /** Signs what one installation should run; undefined where we hold no director's key. A function, so that no key lies in plain data. */
  direct: ((wish: DirectionWish) => Direction) | undefined
  /** Whose key `direct` signs with: what it signed stays good as long as this is the same. */
  directorKeyid?: string | undefined
}

export interface DeliverySnapshot {
  products: Product[]
  channels: ChannelState[]
  releases: PublishedRelease[]
  repositories: ProductRepository[]
  patches: PublishedPatch[]
  entitlements: { organisationId: string; productId: string; channel: string }[]
}
