// What an installation is, and what is known of it.
export type Health = 'healthy' | 'unhealthy' | 'unknown'
export type InstallationState = 'active' | 'retired' | 'revoked'

/** What an installation told about a release, furthest last; `offered` is what we told it. */
export const OUTCOME_KINDS = ['offered', 'downloaded', 'installed', 'healthy', 'failed', 'rolled_back'] as const
export type OutcomeKind = (typeof OUTCOME_KINDS)[number]
export type ReportKind = Exclude<OutcomeKind, 'offered'>

export interface Installation {
  id: string
  organisationId: string
  productId: string
  channel: string
  name: string
  platform: string
  arch: string
  state: InstallationState
  /** What runs; null before the first release was installed. */
  version: string | null
  releaseId: string | null
  health: Health
  /** Since when it has been healthy without a break, on the version that runs; null unless healthy. */
  healthySince: Date | null
  /** Releases that rolled back here; never offered here again. */
  refusedReleaseIds: string[]
  /** When two machines were seen to live under this identity. */
  copiedAt: Date | null
  enrolledAt: Date
  lastSeenAt: Date | null
}

/** How far a release came on an installation. */
export interface Outcome {
  installationId: string
  releaseId: string
  kind: OutcomeKind
  /** When it was first offered there. */
  offeredAt: Date
  /** When `kind` became true. */
  at: Date
  reason: string | null
  /** What it cost to bring it there; absent where that was not told. */
  fetched?: Fetched | undefined
}

export interface Report {
  reportId: string
  releaseId: string
  kind: ReportKind
  version: string | null
  reason: string | null
  fetched?: Fetched | undefined
}

/** `bytes` came over the line; `patch`: a patch was enough. */
export interface Fetched {
  bytes: number
  how: 'patch' | 'whole'
}

/** What installations of one kind of machine fetched of a release. */
export interface FetchedCount extends Fetched {
  platform: string
  arch: string
  installations: number
}

export interface CheckIn {
  version: string | null
  releaseId: string | null
  health: Health
  platform: string
  arch: string
  refused: string[]
}

/** What fleet alone knows of an installation. */
export interface StoredInstallation extends Installation {
  /** base64url, 32 bytes. */
  publicKey: string
  /** The run of its agent that spoke last; null before the first. */
  instance: string | null
  /** When it proved itself first. */
  instanceSince: Date | null
  /** Runs that were replaced, oldest first. */
  supersededInstances: string[]
  /** Grows with each change; of two versions of one row the higher is newer. */
  revision: number
}

export function whereaboutsOf({ id, organisationId, productId, channel }: Installation) {
  return { installationId: id, organisationId, productId, channel }
}
