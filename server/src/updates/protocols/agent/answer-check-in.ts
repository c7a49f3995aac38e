// Answers a check-in, as text: what should this installation run? Notes that it was heard, and what it was offered. Runs no SQL.
import type { Static } from 'typebox'
import type { ProtocolDeps } from '../../deps.ts'
import { resolveUpdate } from '../../resolve-update.ts'
import type { CheckInRequest } from './agent-schemas.ts'
import type { Agent } from './identify-agent.ts'
import { renderCheckIn } from './render.ts'

export const CHECK_INS = '/updates/v1/check-ins'

export function answerCheckIn(
  { fleet, snapshot, direct }: Pick<ProtocolDeps, 'fleet' | 'snapshot' | 'direct'>,
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
    trust: checkIn.trust,
    refusedReleaseIds: refusedBy(installation.refusedReleaseIds, checkIn.refused),
  })
  const { kind } = resolution
  const repository = snapshot().repository(installation.productId)
  const direction = kind === 'update' && resolution.signed ? direct(repository, installation.id, resolution.signed) : undefined
  const answer = renderCheckIn(resolution, direction)
  // After all that could fail: nothing is noted of a check-in that was not answered, so asking again counts it once.
  fleet.noteCheckIn(installation.id, instance, checkIn)
  if (kind === 'update') fleet.noteOffer(installation.id, resolution.release.id)
  return answer
}

/** Nearly always there is none: then nothing is made. */
function refusedBy(known: readonly string[], told: readonly string[]) {
  return told.length === 0 ? known : [...known, ...told]
}
