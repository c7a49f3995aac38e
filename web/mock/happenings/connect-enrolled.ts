// Machines for which somebody made a token call in, and install what their channel has.
import { digestOf, freshId } from '../dice.ts'
import { happen, whereabouts } from '../happen.ts'
import { nowIso } from '../times.ts'
import type { Enrolment, Installation, World } from '../world.ts'
import { finishUpdate, startUpdate } from './report.ts'

export function connectEnrolled(world: World) {
  const due = world.enrolments.filter(({ callsAt }) => callsAt <= Date.now())
  world.enrolments = world.enrolments.filter((one) => !due.includes(one))
  for (const one of due) connect(world, one)
  for (const installation of world.installations.values()) if (isNew(installation)) goOn(world, installation)
}

function connect(world: World, { name, organisationId, productId, channel }: Enrolment) {
  const id = freshId('in')
  const installation: Installation = {
    id,
    organisationId,
    productId,
    channel,
    name,
    platform: 'linux',
    arch: 'x64',
    state: 'active',
    version: null,
    releaseId: null,
    health: 'unknown',
    condition: 'never',
    healthySince: null,
    copied: false,
    copiedAt: null,
    refusedReleaseIds: [],
    keyFingerprint: `sha256:${digestOf(id)}`,
    enrolledAt: nowIso(),
    reports: [],
    outcomes: [],
    silentSince: null,
  }
  world.installations.set(id, installation)
  const body = { ...whereabouts(installation), name, platform: 'linux', arch: 'x64' }
  happen(world, { name: 'fleet.installation_enrolled', subject: id, actor: id, organisationId, body })
}

/** It has spoken, but runs nothing yet. */
function isNew({ version, silentSince, condition, health }: Installation) {
  return version === null && silentSince === null && (condition === 'updating' || (condition === 'never' && health === 'unknown'))
}

function goOn(world: World, installation: Installation) {
  const { productId, channel, condition } = installation
  const done = world.rollouts.find((one) => one.state === 'complete' && one.productId === productId && one.channel === channel)
  if (!done) return
  if (condition === 'updating') finishUpdate(world, installation, { version: done.version, releaseId: done.releaseId })
  else if (installation.enrolledAt > world.startedAt) startUpdate(installation, done)
}
