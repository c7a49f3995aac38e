// The token of an installation: says by itself who it is and until when, so that nothing is looked up.
import { after, type Clock } from '#platform/clock'
import type { Secrets } from '#platform/secrets'
import { createProvenTokens } from './proven-tokens.ts'

export const AGENT_TOKEN_SECONDS = 900
const PURPOSE = 'fleet-agent-token'
const TOKEN = /^fwa_(in_[0-9a-z]{16})\.([A-Za-z0-9_-]{16,64})\.([0-9a-z]{1,10})\.([A-Za-z0-9_-]{43})$/

export type TokenVerdict = { kind: 'known'; installationId: string; instance: string } | { kind: 'unknown' } | { kind: 'expired' }

interface Tools {
  secrets: Secrets
  clock: Clock
}

export function issueAgentToken({ secrets, clock }: Tools, installationId: string, instance: string) {
  const text = `${installationId}.${instance}.${after(clock.now(), AGENT_TOKEN_SECONDS * 1000)
    .getTime()
    .toString(36)}`
  return { token: `fwa_${text}.${secrets.mac(PURPOSE, text)}`, expiresInSeconds: AGENT_TOKEN_SECONDS }
}

export function createTokenReader({ secrets, clock }: Tools) {
  const proven = createProvenTokens(AGENT_TOKEN_SECONDS * 1000)

  function prove(token: string, nowMs: number) {
    const [, installationId, instance, expires, mac] = TOKEN.exec(token) ?? []
    if (installationId === undefined || instance === undefined || expires === undefined || mac === undefined) return undefined
    if (!secrets.isMac(PURPOSE, `${installationId}.${instance}.${expires}`, mac)) return undefined
    const claims = { installationId, instance, expiresMs: Number.parseInt(expires, 36) }
    proven.remember(token, claims, nowMs)
    return claims
  }

  return (token: string): TokenVerdict => {
    const nowMs = clock.now().getTime()
    const claims = proven.find(token) ?? prove(token, nowMs)
    if (!claims) return { kind: 'unknown' }
    if (claims.expiresMs <= nowMs) return { kind: 'expired' }
    return { kind: 'known', installationId: claims.installationId, instance: claims.instance }
  }
}
