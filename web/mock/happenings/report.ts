// An installation tells of itself: what it runs, how it is, and how a release ended there.
import { isUnderWay, wentWell } from '../data/histories.ts'
import { happen, whereabouts } from '../happen.ts'
import { nowIso } from '../times.ts'
import type { Condition, Installation, World } from '../world.ts'

interface Running {
  version: string
  releaseId: string
}

export function startUpdate(installation: Installation, { version, releaseId }: Running) {
  const { id, productId } = installation
  const past = isUnderWay({ installationId: id, productId, version, from: installation.version, at: nowIso() })
  keep(installation, releaseId, past)
  installation.condition = 'updating'
}

export function finishUpdate(world: World, installation: Installation, { version, releaseId }: Running) {
  const { id, productId, version: from, health } = installation
  const now = nowIso()
  keep(installation, releaseId, wentWell({ installationId: id, productId, version, from, at: now }))
  Object.assign(installation, {
    version,
    releaseId,
    condition: 'healthy',
    health: 'healthy',
    healthySince: now,
    silentSince: null,
  })
  tell(world, installation, { version: from, health })
  const body = { ...whereabouts(installation), releaseId, kind: 'healthy', reason: null }
  happen(world, { name: 'fleet.outcome_changed', subject: id, actor: id, organisationId: installation.organisationId, body })
}

export function turn(world: World, installation: Installation, condition: Extract<Condition, 'healthy' | 'failing'>) {
  const { version, health } = installation
  const isHealthy = condition === 'healthy'
  Object.assign(installation, {
    condition,
    health: isHealthy ? 'healthy' : 'unhealthy',
    healthySince: isHealthy ? nowIso() : null,
  })
  tell(world, installation, { version, health })
}

/** The reports of one update are told once: those that it began with make way. */
function keep(installation: Installation, releaseId: string, { reports, outcomes }: Pick<Installation, 'reports' | 'outcomes'>) {
  installation.reports = [...reports, ...installation.reports.filter((one) => one.releaseId !== releaseId)]
  installation.outcomes = [...outcomes, ...installation.outcomes.filter((one) => one.releaseId !== releaseId)]
}

function tell(world: World, installation: Installation, previous: Pick<Installation, 'version' | 'health'>) {
  const { id, organisationId, version, releaseId, health } = installation
  const body = { ...whereabouts(installation), version, releaseId, health, previous }
  happen(world, { name: 'fleet.installation_reported', subject: id, actor: id, organisationId, body })
}
