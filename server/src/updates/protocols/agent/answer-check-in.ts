// Answers a check-in: what should this installation run? Notes that it was heard, and what it was offered. Runs no SQL.
import type { Static } from 'typebox'
import type { ProtocolDeps } from '../../deps.ts'
import { resolveUpdate } from '../../resolve-update.ts'
import type { CheckInRequest } from './agent-schemas.ts'
import type { Agent } from './identify-agent.ts'
import { renderCheckIn } from './render.ts'

export const CHECK_INS = '/updates/v1/check-ins'

export function answerCheckIn(
  { fleet, snapshot }: Pick<ProtocolDeps, 'fleet' | 'snapshot'>,
  { installation, instance }: Agent,
  checkIn: Static<typeof CheckInRequest>,
) {
  const resolution = resolveUpdate(snapshot(), {
    clientId: installation.id,
    organisationId: installation.organisationId,
    productId: installation.productId,
    channel: installation.channel,
    platform: checkIn.platform,
    arch: checkIn.arch,
    currentReleaseId: checkIn.releaseId,
    refusedReleaseIds: [...installation.refusedReleaseIds, ...checkIn.refused],
  })
  const answer = renderCheckIn(resolution)
  // After all that could fail: nothing is noted of a check-in that was not answered, so asking again counts it once.
  fleet.noteCheckIn(installation.id, instance, checkIn)
  if (resolution.kind === 'update') fleet.noteOffer(installation.id, resolution.release.id)
  return answer
}
