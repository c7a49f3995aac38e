// Says which installation sends a request of the agent protocol, and which run of its agent; runs no SQL.
import { Refusal } from '#platform/errors'
import type { ProtocolDeps } from '../../deps.ts'

export type Agent = ReturnType<ProtocolDeps['fleet']['identify']>

const BEARER = /^Bearer ([\w.~+/-]{1,500})$/

export function identifyAgent({ fleet }: Pick<ProtocolDeps, 'fleet'>, authorization: string | undefined): Agent {
  const [, token] = BEARER.exec(authorization ?? '') ?? []
  if (token === undefined)
    throw new Refusal('unauthenticated', 'agent.token_unknown', 'Send the token of this installation as a bearer token.')
  return fleet.identify(token)
}

/** Who pays for its requests: a fleet behind one address is many installations, not one. */
export function callerOf({ installation }: Agent) {
  return `installation:${installation.id}`
}
