// Makes a customer organisation.
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import { newId } from '#platform/ids'
import { type Actor, actorLabel } from '../actor.ts'
import type { IdentityDeps } from '../deps.ts'
import { nameOfOrganisation } from './organisation.ts'
import { mayManageOrganisations } from './organisation-policy.ts'
import { addOrganisation, type OrganisationRecord } from './organisation-store.ts'

export async function createOrganisation(
  { db, clock }: Pick<IdentityDeps, 'db' | 'clock'>,
  actor: Actor,
  { name, language = 'en' }: { name: string; language?: string | undefined },
): Promise<OrganisationRecord> {
  if (!mayManageOrganisations(actor))
    throw new Refusal('forbidden', 'organisation.not_yours', 'Organisations are made by support and administrators.')
  const organisation = { id: newId('org'), name: nameOfOrganisation(name), language, createdAt: clock.now() }
  await db.transaction().execute(async (tx) => {
    await addOrganisation(tx, organisation)
    await announce(tx, {
      name: 'identity.organisation_created',
      subject: organisation.id,
      actor: actorLabel(actor),
      organisationId: organisation.id,
      occurredAt: organisation.createdAt,
      body: { organisationId: organisation.id, name: organisation.name, language },
    })
  })
  return { ...organisation, archivedAt: null }
}
