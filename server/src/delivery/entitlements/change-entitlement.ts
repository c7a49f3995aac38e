// Grants a customer organisation a channel of a product, or takes it back; both may be repeated.
import { type Actor, actorLabel } from '#identity'
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import type { DeliveryDeps } from '../deps.ts'
import { mayEntitle } from '../products/product-policy.ts'
import { hasChannel } from '../products/product-store.ts'
import { addEntitlement, type Entitlement, removeEntitlement } from './entitlement-store.ts'

type Deps = Pick<DeliveryDeps, 'db' | 'clock' | 'identity'>

export async function grantEntitlement({ db, clock, identity }: Deps, actor: Actor, entitlement: Entitlement) {
  refuseUnlessMayEntitle(actor)
  if (!(await identity.findOrganisation(entitlement.organisationId)))
    throw new Refusal('not_found', 'organisation.unknown', `There is no organisation ${entitlement.organisationId}.`)
  if (!(await hasChannel(db, entitlement.productId, entitlement.channel))) {
    throw new Refusal(
      'not_found',
      'channel.unknown',
      `There is no channel ${entitlement.channel} of a product ${entitlement.productId}.`,
    )
  }

  await db.transaction().execute(async (tx) => {
    if (!(await addEntitlement(tx, entitlement, clock.now()))) return
    await announce(tx, {
      name: 'delivery.entitlement_granted',
      subject: entitlement.organisationId,
      actor: actorLabel(actor),
      organisationId: entitlement.organisationId,
      occurredAt: clock.now(),
      body: entitlement,
    })
  })
}

export async function revokeEntitlement({ db, clock }: Deps, actor: Actor, entitlement: Entitlement) {
  refuseUnlessMayEntitle(actor)

  await db.transaction().execute(async (tx) => {
    if (!(await removeEntitlement(tx, entitlement))) return
    await announce(tx, {
      name: 'delivery.entitlement_revoked',
      subject: entitlement.organisationId,
      actor: actorLabel(actor),
      organisationId: entitlement.organisationId,
      occurredAt: clock.now(),
      body: entitlement,
    })
  })
}

function refuseUnlessMayEntitle(actor: Actor) {
  if (!mayEntitle(actor))
    throw new Refusal(
      'forbidden',
      'entitlement.not_yours',
      'Only support, operators and administrators may change what a customer is entitled to.',
    )
}
