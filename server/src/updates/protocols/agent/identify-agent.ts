// Says which installation sends a request of the agent protocol, and which run of its agent; runs no SQL.
import { Refusal } from '#platform/errors'
import { createRecent } from '#platform/recent'
import type { ProtocolDeps } from '../../deps.ts'

export type Agent = ReturnType<ProtocolDeps['fleet']['identify']> & {
  /** Who pays for its requests: a fleet behind one address is many installations, not one. */
  caller: string
}

export type IdentifyAgent = ReturnType<typeof createIdentifyAgent>

const BEARER = /^Bearer ([\w.~+/-]{1,500})$/
const REMEMBERED = 50_000

/** What a header says is the same as long as its token lives, so it is taken apart once; the token itself is judged at every request. */
export function createIdentifyAgent({ fleet }: Pick<ProtocolDeps, 'fleet'>) {
  const headers = createRecent<{ token: string; caller: string }>(REMEMBERED)

  return function identifyAgent(authorization = ''): Agent {
    const known = headers.find(authorization)
    const token = known?.token ?? tokenIn(authorization)
    const { installation, instance } = fleet.identify(token)
    // Remembered only now: who has no token of ours fills nothing.
    const { caller } = known ?? headers.remember(authorization, { token, caller: `installation:${installation.id}` })
    return { installation, instance, caller }
  }
}

function tokenIn(authorization: string) {
  const [, token] = BEARER.exec(authorization) ?? []
  if (token !== undefined) return token
  throw new Refusal('unauthenticated', 'agent.token_unknown', 'Send the token of this installation as a bearer token.')
}
