// Invites somebody by mail to be staff or a member; sends it again, takes it back.
import { after } from '#platform/clock'
import type { Tx } from '#platform/db'
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import { newId, newSecret } from '#platform/ids'
import { type Actor, actorLabel, isStaff } from '../actor.ts'
import type { IdentityDeps } from '../deps.ts'
import { unknownOrganisation } from '../organisations/change-organisation.ts'
import { maySeeOrganisation } from '../organisations/organisation-policy.ts'
import { findOrganisationRecord } from '../organisations/organisation-store.ts'
import type { Place } from '../people/add-person.ts'
import { findActorByEmail } from '../people/person-store.ts'
import { digestOf } from '../tokens/token.ts'
import { type Invitation, LASTS_MS, stateOf } from './invitation.ts'
import { mailInvitation } from './invitation-mail.ts'
import { mayInvite } from './invitation-policy.ts'
import {
  addInvitation,
  findPending,
  holdAddress,
  lockInvitation,
  saveInvitationRevoked,
  saveRenewed,
} from './invitation-store.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'mail' | 'words' | 'publicUrl'>

export async function invite(deps: Deps, actor: Actor, wish: { email: string; place: Place }): Promise<Invitation> {
  const { db, clock } = deps
  const { place } = wish
  const email = wish.email.toLowerCase()
  await refuseStrangers(deps, actor, place)
  const now = clock.now()
  const token = newSecret()
  const invitation = {
    id: newId('in'),
    email,
    place,
    invitedBy: actorLabel(actor),
    createdAt: now,
    expiresAt: after(now, LASTS_MS),
    acceptedAt: null,
    revokedAt: null,
  }

  return db.transaction().execute(async (tx) => {
    await holdAddress(tx, email)
    await refuseWhoIsHere(tx, actor, { email, place })
    await makeRoom(tx, { email, place, now })
    await addInvitation(tx, { ...invitation, digest: digestOf(token) })
    await mailInvitation(deps, tx, { invitation, token })
    await announceInvited(tx, invitation, now)
    return invitation
  })
}

/** The link of the first mail ends; the week begins anew. */
export async function resendInvitation(deps: Deps, actor: Actor, id: string): Promise<Invitation> {
  const now = deps.clock.now()
  const token = newSecret()
  const expiresAt = after(now, LASTS_MS)
  return deps.db.transaction().execute(async (tx) => {
    const found = await lockOrRefuse(tx, actor, { id, now })
    await saveRenewed(tx, { id, digest: digestOf(token), expiresAt })
    const invitation = { ...found, expiresAt }
    await mailInvitation(deps, tx, { invitation, token })
    return invitation
  })
}

export async function revokeInvitation({ db, clock }: Deps, actor: Actor, id: string) {
  const now = clock.now()
  await db.transaction().execute(async (tx) => {
    const { place } = await lockOrRefuse(tx, actor, { id, now })
    await saveInvitationRevoked(tx, id, now)
    const organisationId = 'roles' in place ? null : place.organisationId
    await announce(tx, {
      name: 'identity.invitation_revoked',
      subject: id,
      actor: actorLabel(actor),
      organisationId,
      occurredAt: now,
      body: { invitationId: id },
    })
  })
}

async function refuseStrangers({ db }: Deps, actor: Actor, place: Place) {
  if ('organisationId' in place) {
    const found = maySeeOrganisation(actor, place.organisationId)
      ? await findOrganisationRecord(db, place.organisationId)
      : undefined
    if (!found || found.archivedAt) throw unknownOrganisation(place.organisationId)
  }
  if (!mayInvite(actor, place))
    throw new Refusal(
      'forbidden',
      'invitation.not_yours',
      'Staff are invited by administrators; members by managers of their organisation, support and administrators.',
    )
}

/** A customer must not learn here that an address belongs to somebody elsewhere; that person is told when they open the link. */
async function refuseWhoIsHere(tx: Tx, actor: Actor, { email, place }: { email: string; place: Place }) {
  const person = await findActorByEmail(tx, email)
  const isOwn = person?.kind === 'member' && 'organisationId' in place && person.organisationId === place.organisationId
  if (person && (isStaff(actor) || isOwn))
    throw new Refusal('conflict', 'person.already_here', `${email} already has access to Fairway; one person has one place.`)
}

async function makeRoom(tx: Tx, { email, place, now }: { email: string; place: Place; now: Date }) {
  const pending = await findPending(tx, { email, organisationId: 'roles' in place ? null : place.organisationId })
  if (!pending) return
  if (stateOf(pending, now) === 'open')
    throw new Refusal('conflict', 'invitation.already_open', `${email} is invited already. Send that invitation again instead.`)
  await saveInvitationRevoked(tx, pending.id, now)
}

async function announceInvited(tx: Tx, { id, place, invitedBy: actor }: Invitation, occurredAt: Date) {
  if ('roles' in place) {
    await announce(tx, {
      name: 'identity.staff_invited',
      subject: id,
      actor,
      occurredAt,
      body: { invitationId: id, roles: place.roles },
    })
    return
  }
  const { organisationId, role } = place
  await announce(tx, {
    name: 'identity.member_invited',
    subject: organisationId,
    actor,
    organisationId,
    occurredAt,
    body: { invitationId: id, organisationId, role },
  })
}

async function lockOrRefuse(tx: Tx, actor: Actor, { id, now }: { id: string; now: Date }) {
  const found = await lockInvitation(tx, id)
  if (!found || !mayInvite(actor, found.place))
    throw new Refusal('not_found', 'invitation.unknown', `There is no invitation ${id}.`)
  const state = stateOf(found, now)
  if (state === 'accepted' || state === 'revoked')
    throw new Refusal('conflict', `invitation.${state}`, `This invitation was ${state} already.`)
  return found
}
