// Nonces: made without a row, believed for a minute by the server's clock, used once.
import { randomBytes } from 'node:crypto'
import { after, type Clock } from '#platform/clock'
import type { Secrets } from '#platform/secrets'

export const NONCE_SECONDS = 60
const PURPOSE = 'fleet-nonce'
const NONCE = /^([0-9a-z]{1,10})\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/

export interface Nonce {
  id: string
  expiresAt: Date
}

export function issueNonce({ secrets, clock }: { secrets: Secrets; clock: Clock }) {
  const expires = after(clock.now(), NONCE_SECONDS * 1000)
    .getTime()
    .toString(36)
  const text = `${expires}.${randomBytes(16).toString('base64url')}`
  return { nonce: `${text}.${secrets.mac(PURPOSE, text)}`, expiresInSeconds: NONCE_SECONDS }
}

/** Undefined where it is not ours or no longer good; whether it was used only the database knows. */
export function readNonce({ secrets, clock }: { secrets: Secrets; clock: Clock }, nonce: string): Nonce | undefined {
  const [, expires, id, mac] = NONCE.exec(nonce) ?? []
  if (expires === undefined || id === undefined || mac === undefined) return undefined
  if (!secrets.isMac(PURPOSE, `${expires}.${id}`, mac)) return undefined
  const expiresAt = new Date(Number.parseInt(expires, 36))
  return expiresAt > clock.now() ? { id, expiresAt } : undefined
}
