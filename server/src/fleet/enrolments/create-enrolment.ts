// Makes a token with which one new installation of a customer can enrol.
import { type Actor, actorLabel } from '#identity'
import { after } from '#platform/clock'
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import { newId, newSecret } from '#platform/ids'
import type { FleetParts } from '../deps.ts'
import { ENROLMENT_MS, hashSecret, toToken } from './enrolment.ts'
import { mayEnrol } from './enrolment-policy.ts'
import { addEnrolment } from './enrolment-store.ts'

export interface EnrolmentWish {
  organisationId: string
  productId: string
  channel: string
  name: string
}

export async function createEnrolment({ db, clock }: Pick<FleetParts, 'db' | 'clock'>, actor: Actor, wish: EnrolmentWish) {
  if (!mayEnrol(actor, wish.organisationId)) {
    throw new Refusal(
      'forbidden',
      'enrolment.not_yours',
      'Ask an operator, or a manager of the organisation, to connect an installation.',
    )
  }
  const { organisationId, productId, channel, name } = wish
  const now = clock.now()
  const secret = newSecret()
  const enrolment = {
    id: newId('fwe'),
    organisationId,
    productId,
    channel,
    name,
    secretSha256: hashSecret(secret),
    expiresAt: after(now, ENROLMENT_MS),
    publicKey: null,
    installationId: null,
  }

  await db.transaction().execute(async (tx) => {
    await addEnrolment(tx, enrolment, { by: actorLabel(actor), at: now })
    await announce(tx, {
      name: 'fleet.enrolment_created',
      subject: enrolment.id,
      actor: actorLabel(actor),
      organisationId,
      occurredAt: now,
      body: { enrolmentId: enrolment.id, organisationId, productId, channel, name },
    })
  })
  return { token: toToken(enrolment.id, secret), expiresAt: enrolment.expiresAt }
}
