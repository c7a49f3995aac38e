// Makes the command that enrols an installation: a single-use token and the fingerprint of the key that it will pin.
import { fingerprintOf } from '@fairway/trust'
import { type Actor, hasRole } from '#identity'
import { Refusal } from '#platform/errors'
import type { UpdatesDeps } from '../deps.ts'

export interface NewEnrolment {
  organisationId: string
  productId: string
  channel: string
  name: string
}

export async function createEnrolment(
  { identity, delivery, fleet, publicUrl }: Pick<UpdatesDeps, 'identity' | 'delivery' | 'fleet' | 'publicUrl'>,
  actor: Actor,
  wish: NewEnrolment,
) {
  if (!maySee(actor, wish) || !(await identity.findOrganisation(wish.organisationId))) {
    throw new Refusal('not_found', 'organisation.unknown', `There is no organisation ${wish.organisationId}.`)
  }
  if (!mayEnrol(actor))
    throw new Refusal('forbidden', 'enrolment.not_yours', 'Ask a manager of your organisation to connect an installation.')
  const product = await delivery.findProduct(wish.productId)
  if (!product || !(await delivery.isEntitled(wish.organisationId, wish.productId, wish.channel))) {
    throw new Refusal(
      'not_found',
      'enrolment.not_entitled',
      `The organisation is not entitled to ${wish.productId} on ${wish.channel}.`,
    )
  }
  const { token, expiresAt } = await fleet.createEnrolment(actor, wish)
  const fingerprint = fingerprintOf(product.manifestKey)
  return {
    token,
    expiresAt: expiresAt.toISOString(),
    fingerprint,
    command: `fairway-agent enroll ${publicUrl} ${token} --fingerprint ${fingerprint} --dir /opt/${product.id}`,
  }
}

function maySee(actor: Actor, { organisationId }: NewEnrolment) {
  return actor.kind === 'staff' || (actor.kind === 'member' && actor.organisationId === organisationId)
}

function mayEnrol(actor: Actor) {
  return hasRole(actor, 'operator', 'support') || (actor.kind === 'member' && actor.role === 'manager')
}
