// The heart of Fairway: whether what a customer asked about is fixed, proven on that customer's own installations.
import { after } from '#platform/clock'
import type { Timing } from '../timing.ts'
import { type Fix, type Fixes, fixHeldBy, isAffected } from './fixed-version.ts'

/** An installation that the inquiry may be about, with what it ran when the customer asked. */
export interface Watched {
  installationId: string
  /** The customer named it; otherwise it counts only if it ran an affected version. */
  isNamed: boolean
  /** What it ran when the inquiry was opened, and when it was linked. */
  versions: string[]
}

/** What is known of an installation now. */
export interface Current {
  id: string
  name: string
  state: 'active' | 'retired' | 'revoked'
  version: string | null
  health: 'healthy' | 'unhealthy' | 'unknown'
  /** Since when it is healthy without a break on the version that runs. */
  healthySince: Date | null
  lastSeenAt: Date | null
  enrolledAt: Date
}

export interface Question extends Fixes {
  now: Date
  /** How long an installation must run the fix healthy, without a break, before that is proof. */
  bakeMs: number
  timing: Pick<Timing, 'silentAfterMs' | 'evidenceMs' | 'recheckMs'>
  affectedRange: string
  watched: Watched[]
  installations: Current[]
  /** Health that began before this moment proves nothing: the inquiry was reopened then. */
  trustFrom: Date | null
}

export interface Proof {
  installationId: string
  name: string
  version: string
  /** The release that brought the fix, and its version; the installation may run a later one. */
  fixReleaseId: string
  fixVersion: string
  healthySince: Date
}

export interface Silent {
  installationId: string
  name: string
  lastSeenAt: Date | null
}

/** Why it waits; the one that is furthest behind, where installations differ. */
export const REASONS = [
  'no_fix',
  'nobody_reports',
  'not_installed',
  'not_healthy',
  'healthy_before_reopening',
  'proving',
] as const
export type Reason = (typeof REASONS)[number]

export interface Behind {
  installationId: string
  name: string
  version: string | null
  because: Reason
}

export type Judgement =
  | { kind: 'fixed'; proof: Proof[]; silent: Silent[] }
  | { kind: 'waiting'; because: Reason; waitsFor: Behind[]; nextAt: Date | null }
  /** None of the customer's installations ever had this known error, so none can prove it gone. */
  | { kind: 'nothing_to_fix' }

type Step = { proof: Proof } | { behind: Behind; nextAt: Date }

export function judgeInquiry(question: Question): Judgement {
  const { fixes, timing, now } = question
  const affected = whatIsAffected(question)
  if (affected.length === 0) return { kind: 'nothing_to_fix' }
  if (fixes.length === 0) return { kind: 'waiting', because: 'no_fix', waitsFor: [], nextAt: null }

  const ids = new Set(affected.map((one) => one.installationId))
  const counted = question.installations.filter((one) => ids.has(one.id) && one.state === 'active')
  const [silent, speaking] = part(counted, (one) => isSilent(one, now, timing.silentAfterMs))
  // Silence is no evidence: where nobody speaks, a person has to answer.
  if (speaking.length === 0)
    return { kind: 'waiting', because: 'nobody_reports', waitsFor: [], nextAt: after(now, timing.recheckMs) }

  const steps = speaking.map((one) => judgeInstallation(one, question))
  const behind = steps.filter((step) => 'behind' in step)
  if (behind.length > 0) return waiting(behind)
  return { kind: 'fixed', proof: steps.flatMap((step) => ('proof' in step ? [step.proof] : [])), silent: silent.map(toSilent) }
}

/** Those named, else those that ran an affected version; without those that had the fix already when the customer asked. */
function whatIsAffected({ watched, affectedRange, fixes, sequences }: Question) {
  return watched.filter(({ isNamed, versions }) => {
    const hadTheFix = versions.length > 0 && versions.every((version) => fixHeldBy(version, { fixes, sequences }))
    return !hadTheFix && (isNamed || versions.some((version) => isAffected(version, affectedRange)))
  })
}

function judgeInstallation(one: Current, question: Question): Step {
  const { now, timing, bakeMs } = question
  const fix = fixHeldBy(one.version, question)
  const later = (because: Reason, nextAt: Date) => ({
    behind: { installationId: one.id, name: one.name, version: one.version, because },
    nextAt,
  })
  // Changes are announced; only silence has to be noticed.
  const recheckAt = earlier(after(now, timing.recheckMs), silentAt(one, timing.silentAfterMs))
  if (!fix || one.version === null) return later('not_installed', recheckAt)
  if (one.health !== 'healthy' || one.healthySince === null) return later('not_healthy', recheckAt)
  if (question.trustFrom && one.healthySince <= question.trustFrom) return later('healthy_before_reopening', recheckAt)
  const provenAt = after(one.healthySince, bakeMs)
  if (provenAt > now) return later('proving', provenAt)
  // It said so itself, after the bake time: that nothing was heard since is not health.
  if (one.lastSeenAt === null || one.lastSeenAt < provenAt) return later('proving', after(now, timing.evidenceMs))
  return { proof: proofOf(one, { version: one.version, healthySince: one.healthySince, fix }) }
}

function proofOf(one: Current, { version, healthySince, fix }: { version: string; healthySince: Date; fix: Fix }): Proof {
  return { installationId: one.id, name: one.name, version, fixReleaseId: fix.releaseId, fixVersion: fix.version, healthySince }
}

function waiting(steps: { behind: Behind; nextAt: Date }[]): Judgement {
  const waitsFor = steps.map((step) => step.behind)
  const because = REASONS.find((reason) => waitsFor.some((one) => one.because === reason)) ?? 'proving'
  return { kind: 'waiting', because, waitsFor, nextAt: steps.map((step) => step.nextAt).reduce(earlier) }
}

/** Who became healthy spoke at that moment, whatever else was written by then; one that never spoke is silent since it was enrolled. */
function silentAt({ lastSeenAt, healthySince, enrolledAt }: Current, silentAfterMs: number) {
  const heard = [lastSeenAt, healthySince, enrolledAt].flatMap((at) => at?.getTime() ?? [])
  return new Date(Math.max(...heard) + silentAfterMs)
}

function isSilent(one: Current, now: Date, silentAfterMs: number) {
  return silentAt(one, silentAfterMs) <= now
}

function toSilent({ id, name, lastSeenAt }: Current): Silent {
  return { installationId: id, name, lastSeenAt }
}

function earlier(one: Date, other: Date) {
  return one < other ? one : other
}

function part<Item>(items: Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))]
}
