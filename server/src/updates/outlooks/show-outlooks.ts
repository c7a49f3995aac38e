// Makes the outlooks of installations that the actor may see; the decision comes from memory, only counting asks the database.
import { type Actor, isMemberOf, isStaff } from '#identity'
import type { ActiveRollout } from '#delivery'
import type { Fleet, Installation } from '#fleet'
import type { SnapshotKeeper } from '../snapshot-keeper.ts'
import type { Census } from './census.ts'
import { outlookOf, percentStarted, percentToCome } from './outlook.ts'
import type { OutlookView } from './outlook-schemas.ts'

export interface OutlookParts {
  fleet: Pick<Fleet, 'installationsByIds'>
  snapshot: SnapshotKeeper['current']
  census: Census
}

/** In the order asked for; what is unknown, foreign or not active is absent. */
export async function showOutlooks(parts: OutlookParts, actor: Actor, ids: string[]): Promise<OutlookView[]> {
  const found = new Map((await parts.fleet.installationsByIds(ids)).map((installation) => [installation.id, installation]))
  const seen = [...new Set(ids)]
    .map((id) => found.get(id))
    .filter((one) => one !== undefined)
    .filter(({ state, organisationId }) => state === 'active' && (isStaff(actor) || isMemberOf(actor, organisationId)))
  return Promise.all(seen.map((installation) => showOutlook(parts, actor, installation)))
}

async function showOutlook({ snapshot, census }: OutlookParts, actor: Actor, installation: Installation): Promise<OutlookView> {
  const { rollout, ...outlook } = outlookOf(snapshot(), installation)
  const shown = rollout && {
    state: rollout.state,
    step: rollout.step,
    steps: rollout.steps.length,
    percentNow: rollout.percent,
    percentHere: await percentHere(census, rollout, installation),
  }
  const view = {
    installationId: installation.id,
    ...outlook,
    rollout: shown,
    share: outlook.releaseId === null ? null : await census.share(installation, outlook.releaseId),
  }
  // Customers see what a rollout means for them, not the rollout.
  return isStaff(actor) ? { ...view, rollout: shown && rollout && { id: rollout.id, ...shown } } : view
}

async function percentHere(census: Census, rollout: ActiveRollout, installation: Installation) {
  const started = percentStarted(rollout, installation.id)
  if (started !== null) return started
  return percentToCome(rollout, installation.id, await census.order(installation, rollout.salt))
}
