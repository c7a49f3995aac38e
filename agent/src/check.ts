// The check-in: says what runs here and how it is, hears what should run.
import { ServerProblem } from './agent-error.ts'
import type { HealthWord } from './health.ts'
import { field, numberField, textField } from './json.ts'
import type { Session } from './session.ts'
import type { State } from './state.ts'

/** `text` is a sentence for people; `manifest` and `direction` are unverified. */
export type CheckInAnswer =
  | { decision: 'current'; pollSeconds: number }
  | { decision: 'held'; code: string; text: string; pollSeconds: number }
  | { decision: 'update'; manifest: unknown; direction: unknown; url: string; pollSeconds: number }

const maxRefused = 50

export interface CheckIn {
  state: State
  health: HealthWord
  /** This installation believes only TUF. */
  isBootstrapped: boolean
}

export async function checkIn(session: Session, { state, health, isBootstrapped }: CheckIn): Promise<CheckInAnswer> {
  const { current, highestSequence } = state
  const refused = state.refused.slice(-maxRefused).map(({ releaseId }) => releaseId)
  const what = { version: current?.version ?? null, releaseId: current?.releaseId ?? null, health }
  const where = { platform: process.platform, arch: process.arch }
  const trust = isBootstrapped ? { trust: 2 } : {}
  return parseAnswer(await session.post('/updates/v1/check-ins', { ...what, ...where, highestSequence, refused, ...trust }))
}

export function parseAnswer(value: unknown): CheckInAnswer {
  const pollSeconds = Math.min(Math.max(numberField(value, 'pollSeconds') ?? 60, 1), 86_400)
  const decision = textField(value, 'decision')
  if (decision === 'current') return { decision, pollSeconds }
  if (decision === 'held') {
    const because = field(value, 'because')
    return { decision, code: textField(because, 'code') ?? 'unknown', text: textField(because, 'text') ?? '', pollSeconds }
  }
  const url = textField(field(value, 'artifact'), 'url')
  if (decision === 'update' && url)
    return { decision, manifest: field(value, 'manifest'), direction: field(value, 'direction'), url, pollSeconds }
  throw new ServerProblem({
    status: 200,
    code: 'answer.malformed',
    message: 'The server gave a decision that this agent does not know.',
  })
}
