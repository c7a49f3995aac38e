// Says whose token this is, from memory alone: the poll path runs no SQL.
import { Refusal } from '#platform/errors'
import type { FleetParts } from '../deps.ts'
import { createTokenReader } from './agent-token.ts'
import { revoked } from './exchange-proof.ts'

export function createIdentify({ secrets, clock, roster }: Pick<FleetParts, 'secrets' | 'clock' | 'roster'>) {
  const readToken = createTokenReader({ secrets, clock })

  return function identifyInstallation(token: string) {
    const verdict = readToken(token)
    if (verdict.kind === 'expired') {
      throw new Refusal('unauthenticated', 'agent.token_expired', 'The token is older than 15 minutes. Get a new one.')
    }
    const installation = verdict.kind === 'known' ? roster.entry(verdict.installationId) : undefined
    // Enrolled through another process a moment ago: a new token is made with the row at hand.
    if (verdict.kind === 'unknown' || !installation) {
      throw new Refusal('unauthenticated', 'agent.token_unknown', 'The token is not one of ours. Get a new one.')
    }
    if (installation.state !== 'active') throw revoked()
    return { installation, instance: verdict.instance }
  }
}
