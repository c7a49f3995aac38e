// The fast lane of check-ins: the same rules as their route, without what Fastify costs (decisions/0011).
import { Compile } from 'typebox/compile'
import type { FastLane } from '#platform/http/fast-lane'
import type { ProtocolDeps } from '../../deps.ts'
import { CheckInRequest } from './agent-schemas.ts'
import { answerCheckIn, CHECK_INS } from './answer-check-in.ts'
import { callerOf, identifyAgent } from './identify-agent.ts'

export function createCheckInLane(deps: Pick<ProtocolDeps, 'fleet' | 'snapshot'>): FastLane {
  const shape = Compile(CheckInRequest)
  return {
    path: CHECK_INS,
    admit({ authorization, body }) {
      if (!shape.Check(body)) return undefined
      const agent = identifyAgent(deps, authorization)
      return { caller: callerOf(agent), answer: () => answerCheckIn(deps, agent, body) }
    },
  }
}
