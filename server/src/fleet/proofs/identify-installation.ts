// Says whose token this is, from memory alone: the poll path runs no SQL.
import { Refusal } from '#platform/errors'
import type { Minute } from '#platform/http/rate-counter'
import type { FleetParts } from '../deps.ts'
import type { Standing } from '../roster/standing.ts'
import { createTokenReader } from './agent-token.ts'
import { revoked } from './exchange-proof.ts'

export interface Identified {
  /** As far as polls ask: whoever wants to know more asks for its row. */
  installation: { readonly id: string; readonly isCopied: boolean } & Standing
  /** The run of its agent that asks. */
  instance: string
  /** What it asked lately, for limits. */
  minute: Minute
}

export function createIdentify({ secrets, clock, roster }: Pick<FleetParts, 'secrets' | 'clock' | 'roster'>) {
  const readToken = createTokenReader({ secrets, clock }, roster.entry)

  return function identifyInstallation(token: string): Identified {
    const verdict = readToken(token)
    if (verdict.kind === 'expired') {
      throw new Refusal('unauthenticated', 'agent.token_expired', 'The token is older than 15 minutes. Get a new one.')
    }
    // Perhaps enrolled through another process a moment ago: a new token is made with the row at hand.
    if (verdict.kind === 'unknown') {
      throw new Refusal('unauthenticated', 'agent.token_unknown', 'The token is not one of ours. Get a new one.')
    }
    const { entry, instance } = verdict
    if (entry.standing.state !== 'active') throw revoked()
    const { id, isCopied, standing } = entry
    return { installation: { id, isCopied, ...standing }, instance, minute: entry }
  }
}
