// What every change by a person has in common: find, ask the policy, lock, decide, write, announce.
import { type Actor, actorLabel } from '#identity'
import type { Tx } from '#platform/db'
import { Refusal } from '#platform/errors'
import type { FleetParts } from '../deps.ts'
import type { StoredInstallation } from '../installation.ts'
import { maySee } from './installation-policy.ts'
import { findInstallation, type InstallationChange, lockInstallation, saveChange } from './installation-store.ts'

export type ChangeParts = Pick<FleetParts, 'db' | 'clock' | 'roster'>

/** Whom an announcement is about, and who did it when. */
export interface About {
  subject: string
  actor: string
  organisationId: string
  occurredAt: Date
}

export interface Change {
  may(installation: StoredInstallation): boolean
  /** What is to be written, or undefined where it is so already; throws where a rule forbids it. */
  decide(installation: StoredInstallation, now: Date): InstallationChange | undefined
  tell(tx: Tx, about: About, installation: StoredInstallation): Promise<void>
}

export async function changeInstallation(
  { db, clock, roster }: ChangeParts,
  { actor, id }: { actor: Actor; id: string },
  { may, decide, tell }: Change,
) {
  const found = await getInstallation(db, actor, id)
  if (!may(found)) {
    throw new Refusal(
      'forbidden',
      'installation.not_yours',
      'Your role does not allow this. Ask an operator, or a manager of the organisation.',
    )
  }
  const now = clock.now()

  const installation = await db.transaction().execute(async (tx) => {
    const before = (await lockInstallation(tx, id)) ?? found
    const change = decide(before, now)
    if (!change) return before
    const after = await saveChange(tx, id, change)
    await tell(tx, { subject: id, actor: actorLabel(actor), organisationId: after.organisationId, occurredAt: now }, after)
    return after
  })
  roster.put(installation)
  return installation
}

/** An installation that the actor may see; others do not exist for them. */
export async function getInstallation(db: FleetParts['db'], actor: Actor, id: string) {
  const found = await findInstallation(db, id)
  if (!found || !maySee(actor, found)) throw new Refusal('not_found', 'installation.unknown', `There is no installation ${id}.`)
  return found
}
