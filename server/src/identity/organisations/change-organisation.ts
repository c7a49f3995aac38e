// Renames an organisation, changes its language, archives it or brings it back.
import type { Tx } from '#platform/db'
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import { type Actor, actorLabel } from '../actor.ts'
import type { IdentityDeps } from '../deps.ts'
import { nameOfOrganisation } from './organisation.ts'
import { mayManageOrganisations, mayRenameOrganisation, maySeeOrganisation } from './organisation-policy.ts'
import type { OrganisationChange } from './organisation-schemas.ts'
import { lockOrganisation, type OrganisationRecord, saveOrganisation } from './organisation-store.ts'

export async function changeOrganisation(
  { db, clock }: Pick<IdentityDeps, 'db' | 'clock'>,
  actor: Actor,
  { id, change }: { id: string; change: OrganisationChange },
): Promise<OrganisationRecord> {
  if (!maySeeOrganisation(actor, id)) throw unknownOrganisation(id)
  if (!mayChange(actor, id, change))
    throw new Refusal(
      'forbidden',
      'organisation.not_yours',
      'Organisations are changed by support and administrators; managers may rename their own.',
    )
  const now = clock.now()

  return db.transaction().execute(async (tx) => {
    const before = await lockOrganisation(tx, id)
    if (!before) throw unknownOrganisation(id)
    const after = changed(before, change, now)
    await saveOrganisation(tx, after)
    await announceChanges(tx, { before, after, actor: actorLabel(actor), now })
    return after
  })
}

/** A name is what managers decide on; language and archive are what the vendor keeps. */
function mayChange(actor: Actor, id: string, { language, archived }: OrganisationChange) {
  if (mayManageOrganisations(actor)) return true
  return language === undefined && archived === undefined && mayRenameOrganisation(actor, id)
}

export function unknownOrganisation(id: string) {
  return new Refusal('not_found', 'organisation.unknown', `There is no organisation ${id}.`)
}

function changed(before: OrganisationRecord, { name, language, archived }: OrganisationChange, now: Date): OrganisationRecord {
  const archivedAt = archived === undefined ? before.archivedAt : archived ? (before.archivedAt ?? now) : null
  return {
    ...before,
    name: name === undefined ? before.name : nameOfOrganisation(name),
    language: language ?? before.language,
    archivedAt,
  }
}

async function announceChanges(
  tx: Tx,
  { before, after, actor, now }: { before: OrganisationRecord; after: OrganisationRecord; actor: string; now: Date },
) {
  const { id, name, language } = after
  const event = { subject: id, actor, organisationId: id, occurredAt: now }
  if (before.name !== name || before.language !== language)
    await announce(tx, { ...event, name: 'identity.organisation_renamed', body: { organisationId: id, name, language } })
  if (!before.archivedAt && after.archivedAt)
    await announce(tx, { ...event, name: 'identity.organisation_archived', body: { organisationId: id } })
  if (before.archivedAt && !after.archivedAt)
    await announce(tx, { ...event, name: 'identity.organisation_restored', body: { organisationId: id } })
}
