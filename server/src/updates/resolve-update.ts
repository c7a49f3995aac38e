// Answers the one question of every update protocol: what should this installation run? Pure: a snapshot and a question, nothing else.
import { gte } from 'semver'
import { findFitting } from '@fairway/trust'
import { type ChannelState, cohortHash, type PublishedArtifact, type PublishedRelease } from '#delivery'
import type { SignedTarget, Snapshot } from './snapshot.ts'

export interface Question {
  /** Decides the cohort: an installation's id, or what a third-party client calls itself. */
  clientId: string
  /** Null: nobody signed in, which only a public product allows. */
  organisationId: string | null
  productId: string
  channel: string
  platform: string
  arch: string
  /** What runs there; null where nothing does, undefined where the protocol does not tell (the client compares for itself). */
  currentReleaseId: string | null | undefined
  /** 2: verifies TUF, and so can be sent back by a signed order; nobody else can. */
  trust?: number | undefined
  /** Releases that rolled back there. */
  refusedReleaseIds: readonly string[]
}

export const HELD_CODES = [
  'cohort',
  'paused',
  'no_artifact',
  'refused_here',
  'not_entitled',
  'withdrawn',
  'nothing_released',
  'not_signed',
  'needs_bridge',
] as const
export type HeldCode = (typeof HELD_CODES)[number]

/** Why not now, in the words of the person at the installation. */
export interface Held {
  code: HeldCode
  text: string
}

export type Resolution =
  /** `signed`: where it lies in the product's TUF repository; undefined where the product has none yet. */
  | { kind: 'update'; release: PublishedRelease; artifact: PublishedArtifact; signed: SignedTarget | undefined }
  | { kind: 'current' }
  /** `release`: what it waits for, or cannot have; null where it is none. */
  | { kind: 'held'; because: Held; release: PublishedRelease | null }

export function resolveUpdate(snapshot: Snapshot, question: Question): Resolution {
  const product = snapshot.product(question.productId)
  const channel = snapshot.channel(question.productId, question.channel)
  if (!product || !channel) return held('nothing_released', `There is no channel ${question.channel} of ${question.productId}.`)
  if (!mayFetch(snapshot, question, product.isPublic))
    return held('not_entitled', `Your organisation is not entitled to ${product.name} on ${channel.name}. Ask for it.`)

  const completed = published(snapshot, channel.completedReleaseId)
  const rolling = published(snapshot, channel.rollout?.releaseId ?? null)
  const current = question.currentReleaseId ? snapshot.release(question.currentReleaseId) : undefined
  const turn = turnOf(channel, question, completed)
  const back = turn === 'now' ? undefined : wayBack(snapshot, channel, question)
  const wanted = turn === 'now' ? rolling : (back ?? completed)
  if (!wanted) return nothingYet(turn, rolling, current)
  // Never older: who runs a withdrawn release keeps it until a newer one comes.
  if (!back && current && wanted.sequence <= current.sequence) return upToDate({ turn, rolling, current })
  const candidate = back ?? stepTowards(snapshot, channel, { wanted, current })
  if (!candidate) return needsBridge(wanted, current)
  if (question.refusedReleaseIds.includes(candidate.id)) {
    return held(
      'refused_here',
      `${candidate.version} did not become healthy here and went back. It is not offered here again; the next version is.`,
      candidate,
    )
  }
  const artifact = findFitting(candidate.artifacts, question)
  if (!artifact)
    return held('no_artifact', `${candidate.version} has no file for ${question.platform}/${question.arch}.`, candidate)
  const signed = snapshot.signedTarget({ channel: question.channel, release: candidate, artifact })
  if (!signed && snapshot.repository(product.id))
    return held(
      'not_signed',
      `${candidate.version} waits for a signature of its vendor. It comes by itself afterwards.`,
      candidate,
    )
  return { kind: 'update', release: candidate, artifact, signed }
}

/** The older release that this installation is to go back to, where somebody ordered it and it can follow. */
function wayBack(snapshot: Snapshot, { rollbacks }: ChannelState, { currentReleaseId, trust = 1 }: Question) {
  const ordered = trust >= 2 ? rollbacks.find(({ fromReleaseId }) => fromReleaseId === currentReleaseId) : undefined
  return ordered && published(snapshot, ordered.toReleaseId)
}

/** What the rollout under way means for this installation. */
type Turn = 'none' | 'now' | 'later' | 'paused'

/** A newly enrolled installation begins with what is proved, while a rollout is still proving. */
function turnOf({ rollout }: ChannelState, question: Question, completed: PublishedRelease | undefined): Turn {
  if (!rollout) return 'none'
  if (rollout.threshold === null || cohortHash(rollout.salt, question.clientId) > rollout.threshold) return 'later'
  if (question.currentReleaseId === null && completed) return 'later'
  return rollout.state === 'paused' ? 'paused' : 'now'
}

/** The release itself, or the newest one before it that can be reached from here and that this channel has proved; undefined where there is none. */
function stepTowards(
  snapshot: Snapshot,
  { provenReleaseIds }: ChannelState,
  { wanted, current }: { wanted: PublishedRelease; current: PublishedRelease | undefined },
): PublishedRelease | undefined {
  if (!current || canGo(current, wanted)) return wanted
  const between = provenReleaseIds
    .flatMap((id) => published(snapshot, id) ?? [])
    .filter(({ sequence }) => sequence > current.sequence && sequence < wanted.sequence)
  return between.toSorted((a, b) => b.sequence - a.sequence).find((bridge) => canGo(current, bridge))
}

function canGo(current: PublishedRelease, { minimumVersion }: PublishedRelease) {
  return minimumVersion === null || gte(current.version, minimumVersion)
}

function needsBridge(wanted: PublishedRelease, current: PublishedRelease | undefined): Resolution {
  const { version, minimumVersion } = wanted
  return held(
    'needs_bridge',
    `${version} needs ${minimumVersion} or newer; ${current?.version} runs here, and there is no version to go over. Ask for one.`,
    wanted,
  )
}

function mayFetch(snapshot: Snapshot, { organisationId, productId, channel }: Question, isPublic: boolean) {
  return organisationId === null ? isPublic : isPublic || snapshot.isEntitled(organisationId, productId, channel)
}

function published(snapshot: Snapshot, releaseId: string | null) {
  const release = releaseId === null ? undefined : snapshot.release(releaseId)
  return release?.state === 'published' ? release : undefined
}

function upToDate({
  turn,
  rolling,
  current,
}: {
  turn: Turn
  rolling: PublishedRelease | undefined
  current: PublishedRelease
}): Resolution {
  if (rolling && rolling.sequence > current.sequence && turn !== 'now') return later(turn, rolling)
  if (current.state === 'withdrawn')
    return held('withdrawn', `${current.version} was withdrawn. It goes on running here until a newer version comes.`)
  return { kind: 'current' }
}

function nothingYet(turn: Turn, rolling: PublishedRelease | undefined, current: PublishedRelease | undefined): Resolution {
  if (rolling && (!current || rolling.sequence > current.sequence)) return later(turn, rolling)
  if (current?.state === 'withdrawn') return upToDate({ turn, rolling, current })
  return current ? { kind: 'current' } : held('nothing_released', 'Nothing was released on this channel yet.')
}

function later(turn: Turn, release: PublishedRelease): Resolution {
  const { version } = release
  if (turn === 'paused')
    return held('paused', `${version} is paused for everybody. Nothing changes here until it goes on.`, release)
  return held('cohort', `${version} goes to a few installations first; yours is not among them yet.`, release)
}

function held(code: HeldCode, text: string, release: PublishedRelease | null = null): Resolution {
  return { kind: 'held', because: { code, text }, release }
}
