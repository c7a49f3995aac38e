// Which of the two ways an offer is believed by: TUF, or the signed manifest where neither the server nor this installation knows TUF.
import type { Agent } from '../agent.ts'
import { readState } from '../state.ts'
import { verifyOffer, type Offer, type OfferVerdict } from '../verify.ts'
import { NO_TUF } from './first-root.ts'
import { judgeDirection, type DirectedOffer } from './judge-direction.ts'
import type { Untrusted } from './untrusted.ts'

/** Throws a ServerProblem where the server does not answer. */
export async function judgeOffer(agent: Agent, offer: Offer & DirectedOffer): Promise<OfferVerdict | Untrusted> {
  const { current, highestSequence } = await readState(agent.layout.stateFile)
  const where = { platform: process.platform, arch: process.arch }
  const pins = { ...agent.identity, ...where, highestSequence, releaseId: current?.releaseId ?? null }
  const verdict = await judgeDirection(agent, offer, pins)
  return !verdict.ok && verdict.code === NO_TUF ? verifyOffer(offer, pins) : verdict
}
