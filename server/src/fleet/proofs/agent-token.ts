// The token of an installation: says by itself who it is and until when, so that no row is looked up.
import { after, type Clock } from '#platform/clock'
import type { Secrets } from '#platform/secrets'
import { isProven, type Proof } from './proven-token.ts'

export const AGENT_TOKEN_SECONDS = 900
const PURPOSE = 'fleet-agent-token'
const TOKEN = /^fwa_(in_[0-9a-z]{16})\.([A-Za-z0-9_-]{16,64})\.([0-9a-z]{1,10})\.([A-Za-z0-9_-]{43})$/
const ID_BEGINS = 'fwa_'.length
const ID_ENDS = ID_BEGINS + 'in_'.length + 16

interface Tools {
  secrets: Secrets
  clock: Clock
}

/** Where the proof of an installation is kept. */
interface Keeper {
  proof: Proof | null
}

export type TokenVerdict<Entry> = { kind: 'known'; entry: Entry; instance: string } | { kind: 'unknown' } | { kind: 'expired' }

const UNKNOWN = { kind: 'unknown' } as const
const EXPIRED = { kind: 'expired' } as const

export function issueAgentToken({ secrets, clock }: Tools, installationId: string, instance: string) {
  const text = `${installationId}.${instance}.${after(clock.now(), AGENT_TOKEN_SECONDS * 1000)
    .getTime()
    .toString(36)}`
  return { token: `fwa_${text}.${secrets.mac(PURPOSE, text)}`, expiresInSeconds: AGENT_TOKEN_SECONDS }
}

/** @param entryOf the installation of this id, where one is known. */
export function createTokenReader<Entry extends Keeper>({ secrets, clock }: Tools, entryOf: (id: string) => Entry | undefined) {
  function prove(token: string): Proof | undefined {
    const [, installationId, instance, expires, mac] = TOKEN.exec(token) ?? []
    if (installationId === undefined || instance === undefined || expires === undefined || mac === undefined) return undefined
    if (!secrets.isMac(PURPOSE, `${installationId}.${instance}.${expires}`, mac)) return undefined
    return { token, instance, expiresMs: Number.parseInt(expires, 36) }
  }

  return (token: string): TokenVerdict<Entry> => {
    const entry = entryOf(token.slice(ID_BEGINS, ID_ENDS))
    const known = entry?.proof && isProven(entry.proof, token) ? entry.proof : undefined
    const proof = known ?? prove(token)
    if (!proof) return UNKNOWN
    if (proof.expiresMs <= clock.now().getTime()) return EXPIRED
    if (!entry) return UNKNOWN
    if (!known) entry.proof = proof
    return { kind: 'known', entry, instance: proof.instance }
  }
}
