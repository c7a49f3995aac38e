// Says which installation sends a request of the agent protocol, and which run of its agent; runs no SQL.
import { Refusal } from '#platform/errors'
import type { ProtocolDeps } from '../../deps.ts'

export type Agent = ReturnType<ProtocolDeps['fleet']['identify']> & {
  /** Who pays for its requests: a fleet behind one address is many installations, not one. */
  caller: string
}

export type IdentifyAgent = ReturnType<typeof createIdentifyAgent>

const BEARER = 'Bearer '
/** Longer ones are none of ours; what they hold is judged where tokens are read. */
const MAX_LENGTH = 500

export function createIdentifyAgent({ fleet }: Pick<ProtocolDeps, 'fleet'>) {
  return function identifyAgent(authorization = ''): Agent {
    const { installation, instance, minute } = fleet.identify(tokenIn(authorization))
    return { installation, instance, minute, caller: `installation:${installation.id}` }
  }
}

function tokenIn(authorization: string) {
  if (authorization.startsWith(BEARER) && authorization.length <= MAX_LENGTH) return authorization.slice(BEARER.length)
  throw new Refusal('unauthenticated', 'agent.token_unknown', 'Send the token of this installation as a bearer token.')
}
