// Assembles fleet: what it offers, and its doors.
import type { Actor } from '#identity'
import type { Http } from '#platform/http'
import type { Loop } from '#platform/loops'
import type { Worker } from '#platform/jobs'
import type { LogEntry } from '#platform/events/log-store'
import { createHearing } from './check-ins/hearing.ts'
import { countFetched, listOutcomesOfRelease } from './check-ins/told-store.ts'
import type { FleetDeps } from './deps.ts'
import { createEnrolment } from './enrolments/create-enrolment.ts'
import { enrolInstallation } from './enrolments/enrol-installation.ts'
import { forgetOldWorker } from './forget-old.ts'
import type { CheckIn, FetchedCount, Installation, Outcome, Report, StoredInstallation } from './installation.ts'
import { installationRoutes } from './installations/installation-routes.ts'
import { countRunning, listActive, listActiveIds, listByIds } from './installations/installation-store.ts'
import { countByVersion, type VersionCount } from './installations/version-count-queries.ts'
import { exchangeProof } from './proofs/exchange-proof.ts'
import { createIdentify, type Identified } from './proofs/identify-installation.ts'
import { issueNonce } from './proofs/nonce.ts'
import { createRosterKeeper } from './roster/keep-roster.ts'
import { createRoster } from './roster/roster.ts'

export interface Fleet {
  routes(http: Http): void
  /** Loads the roster; must be called before the first check-in. */
  start(): Promise<void>
  /** Brings the roster up to date with new events of the log (revoked, retired, enrolled, renamed …). */
  follow(entries: LogEntry[]): void
  stop(): Promise<void>

  // Enrolment; the caller has checked product, channel and entitlement.
  createEnrolment(
    actor: Actor,
    wish: { organisationId: string; productId: string; channel: string; name: string },
  ): Promise<{ token: string; expiresAt: Date }>
  enrol(request: {
    token: string
    publicKey: string
    platform: string
    arch: string
    name?: string | undefined
  }): Promise<Installation>

  // Who is asking (docs/agent-protocol.md).
  issueNonce(): { nonce: string; expiresInSeconds: number }
  exchangeProof(proof: {
    installationId: string
    instance: string
    nonce: string
    signature: string
  }): Promise<{ token: string; expiresInSeconds: number }>
  /** Runs no SQL. Throws Refusal `unauthenticated` with `agent.token_unknown`, `agent.token_expired` or `agent.revoked`. */
  identify(token: string): Identified

  /** How long ago this process last heard from PostgreSQL who lost access: it asks twice a second. */
  memoryAgeMs(): number

  /** Whether there is such an active installation; runs no SQL. For limits, never for an answer: existence is secret. */
  isKnown(installationId: string): boolean

  // What installations tell. A check-in runs no SQL: it is compared with the roster, and what changed is written in a batch.
  noteCheckIn(installationId: string, instance: string, checkIn: CheckIn): void
  noteOffer(installationId: string, releaseId: string): void
  /** Resolves when they are durable; a repetition is stored once. */
  saveReports(installationId: string, reports: Report[]): Promise<void>

  // Questions of higher modules.
  /** Active ones: retired and revoked installations no longer count. */
  listInstallations(filter: { productId: string; channel: string }): Promise<Installation[]>
  /** Of active ones, for who counts a whole channel. */
  listActiveIds(filter: { productId: string; channel: string }): Promise<string[]>
  /** Active ones. */
  listOfOrganisation(organisationId: string): Promise<Installation[]>
  /** In whatever state. */
  installationsByIds(ids: string[]): Promise<Installation[]>
  listOutcomes(releaseId: string): Promise<Outcome[]>
  /** What installations told that a release cost them. */
  countFetched(releaseId: string): Promise<FetchedCount[]>
  /** How many active ones of each customer run which version of a product. */
  countByVersion(productId: string): Promise<VersionCount[]>
  /** What active installations of a product (and channel) run, and how many run each. */
  countRunning(filter: { productId: string; channel?: string }): Promise<{ releaseId: string | null; count: number }[]>

  loops: Loop[]
  workers: Worker[]
}

export function createFleet(deps: FleetDeps): Fleet {
  const { db } = deps
  const roster = createRoster()
  const parts = { ...deps, roster }
  const keeper = createRosterKeeper(parts)
  const hearing = createHearing(parts)
  // When it was last heard is written in batches; this process may know better.
  const asHeard = (row: StoredInstallation): Installation => {
    const seenMs = Math.max(row.lastSeenAt?.getTime() ?? 0, roster.entry(row.id)?.lastSeenMs ?? 0)
    return { ...toFace(row), lastSeenAt: seenMs === 0 ? null : new Date(seenMs) }
  }

  return {
    routes: (http) => installationRoutes(http, parts),
    async start() {
      await keeper.load()
      hearing.start()
    },
    follow: keeper.follow,
    async stop() {
      await hearing.stop()
      await keeper.stop()
    },
    createEnrolment: (actor, wish) => createEnrolment(parts, actor, wish),
    enrol: (request) => enrolInstallation(parts, request).then(toFace),
    issueNonce: () => issueNonce(deps),
    exchangeProof: (proof) => exchangeProof(parts, proof),
    identify: createIdentify(parts),
    memoryAgeMs: keeper.ageMs,
    isKnown: (installationId) => roster.entry(installationId)?.standing.state === 'active',
    noteCheckIn: hearing.noteCheckIn,
    noteOffer: hearing.noteOffer,
    saveReports: hearing.saveReports,
    listInstallations: async (filter) => (await listActive(db, filter)).map(asHeard),
    listActiveIds: (filter) => listActiveIds(db, filter),
    listOfOrganisation: async (organisationId) => (await listActive(db, { organisationId })).map(asHeard),
    installationsByIds: async (ids) => (await listByIds(db, ids)).map(asHeard),
    listOutcomes: (releaseId) => listOutcomesOfRelease(db, releaseId),
    countFetched: (releaseId) => countFetched(db, releaseId),
    countByVersion: (productId) => countByVersion(db, productId),
    countRunning: (filter) => countRunning(db, filter),
    loops: [],
    workers: [forgetOldWorker(deps)],
  }
}

/** Higher modules get no keys and no runs. */
function toFace({
  publicKey: _key,
  instance: _instance,
  instanceSince: _since,
  supersededInstances: _runs,
  revision: _revision,
  ...installation
}: StoredInstallation): Installation {
  return installation
}
