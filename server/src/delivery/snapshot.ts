// What delivery tells the update protocols: plain data, read at one moment.
import type { SignedManifest } from '@fairway/trust'

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
  /** Every release that a rollout ever took here, withdrawn ones included. */
  releaseIds: string[]
  /** The unfinished rollout, at most one. */
  rollout: ActiveRollout | null
}

export interface DeliverySnapshot {
  products: Product[]
  channels: ChannelState[]
  releases: PublishedRelease[]
  entitlements: { organisationId: string; productId: string; channel: string }[]
}
