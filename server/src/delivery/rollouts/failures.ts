// Which installations a rollout did not do good to: the list behind its number of failures. No input or output.
import { after } from '#platform/clock'
import { isUnderWay, silentAt, standingOf } from './judge-step.ts'
import type { Rollout } from './rollout.ts'
import { type Heard, hearingOf, type KnownWitness } from './witnesses.ts'

export const FAILURE_KINDS = ['failed', 'rolled_back', 'degraded', 'silent'] as const
export type FailureKind = (typeof FAILURE_KINDS)[number]

export interface Failure extends KnownWitness {
  kind: FailureKind
  /** When it failed; of who is not healthy any more, when it was heard last. */
  failedAt: Date | null
}

/** Newest first. */
export function failuresOf(rollout: Rollout, facts: Heard): Failure[] {
  const hearing = hearingOf(rollout, facts)
  return facts.witnesses
    .filter((witness) => standingOf(witness, hearing) === 'failed')
    .map((witness) => {
      const kind = kindOf(witness)
      return { ...witness, kind, failedAt: whenOf(witness, kind, hearing) }
    })
    .toSorted((a, b) => (b.failedAt?.getTime() ?? 0) - (a.failedAt?.getTime() ?? 0))
}

function kindOf(witness: KnownWitness): FailureKind {
  if (isUnderWay(witness)) return 'silent'
  const { outcome } = witness
  return outcome === 'rolled_back' || outcome === 'degraded' ? outcome : 'failed'
}

function whenOf(witness: KnownWitness, kind: FailureKind, hearing: { silentAfterMs: number; listenedSince: Date }) {
  if (kind === 'degraded') return witness.installation.lastSeenAt
  return kind === 'silent' ? (silentAt(witness, hearing) ?? after(hearing.listenedSince, hearing.silentAfterMs)) : witness.at
}
