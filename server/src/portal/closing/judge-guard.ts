// After an inquiry closed by itself: whether the fix holds on the installations that proved it.
import { lt, valid } from 'semver'
import { type Fixes, fixHeldBy } from './fixed-version.ts'
import type { Current, Proof } from './judge-inquiry.ts'

export interface GuardQuestion extends Fixes {
  now: Date
  guardUntil: Date
  proof: Proof[]
  installations: Current[]
}

export type GuardJudgement =
  | { kind: 'over' }
  | { kind: 'holds'; nextAt: Date }
  | { kind: 'broken'; because: 'unhealthy' | 'went_back'; installationId: string; name: string; version: string }

export function judgeGuard(question: GuardQuestion): GuardJudgement {
  const { now, guardUntil } = question
  if (guardUntil <= now) return { kind: 'over' }
  const broken = question.proof.map((proof) => judgeProof(proof, question)).find((found) => found !== undefined)
  return broken ?? { kind: 'holds', nextAt: guardUntil }
}

function judgeProof(proof: Proof, { installations, fixes, sequences }: GuardQuestion): GuardJudgement | undefined {
  const one = installations.find((installation) => installation.id === proof.installationId)
  // A retired one proves nothing any more, in either direction; nor does silence.
  if (one?.state !== 'active' || one.version === null) return undefined
  const found = { kind: 'broken', installationId: one.id, name: one.name, version: one.version } as const
  if (wentBack(one.version, proof.version) && !fixHeldBy(one.version, { fixes, sequences }))
    return { ...found, because: 'went_back' }
  if (one.health === 'unhealthy') return { ...found, because: 'unhealthy' }
  return undefined
}

function wentBack(version: string, provenVersion: string) {
  return valid(version) !== null && lt(version, provenVersion)
}
