// The fast lane of check-ins: the same rules as their route, without what Fastify costs (decisions/0011).
import type { Static } from 'typebox'
import { Compile } from 'typebox/compile'
import type { FastLane } from '#platform/http/fast-lane'
import { createRecent } from '#platform/recent'
import type { ProtocolDeps } from '../../deps.ts'
import { CheckInRequest } from './agent-schemas.ts'
import { answerCheckIn, CHECK_INS } from './answer-check-in.ts'

/** What a fleet says at its polls is nearly always what it said before, and what its neighbours say. */
const SAYINGS = 2000
const MAX_SAYING_BYTES = 512

export function createCheckInLane(deps: Pick<ProtocolDeps, 'fleet' | 'snapshot' | 'identifyAgent' | 'direct'>): FastLane {
  const shape = Compile(CheckInRequest)
  const sayings = createRecent<Static<typeof CheckInRequest>>(SAYINGS)

  /** Read and checked once for the same bytes, which latin1 keeps apart; nobody changes what was read. */
  function read(body: Buffer) {
    const text = body.length <= MAX_SAYING_BYTES ? body.toString('latin1') : undefined
    const known = text && sayings.find(text)
    if (known) return known
    const said: unknown = JSON.parse(body.toString())
    if (!shape.Check(said)) return undefined
    if (text) sayings.remember(text, said)
    return said
  }

  return {
    path: CHECK_INS,
    admit({ authorization, body }) {
      const agent = deps.identifyAgent(authorization)
      const checkIn = read(body)
      return checkIn && { minute: agent.minute, answer: () => answerCheckIn(deps, agent, checkIn) }
    },
  }
}
