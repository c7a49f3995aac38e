// Changes what a member may do in its organisation, or ends its membership.
import type { Tx } from '#platform/db'
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import { type Actor, actorLabel, type Member, type MemberRole } from '../actor.ts'
import type { IdentityDeps } from '../deps.ts'
import { unknownOrganisation } from '../organisations/change-organisation.ts'
import { mayManageMembers, maySeeOrganisation } from '../organisations/organisation-policy.ts'
import { endAccess, findActor } from '../people/person-store.ts'
import { lockMember, saveMemberRemoved, saveMemberRole } from './member-store.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock'>
interface Membership {
  personId: string
  organisationId: string
}

export async function changeMemberRole(
  { db, clock }: Deps,
  actor: Actor,
  { role, ...membership }: Membership & { role: MemberRole },
): Promise<Member> {
  refuseStrangers(actor, membership.organisationId)
  const { personId, organisationId } = membership
  return db.transaction().execute(async (tx) => {
    const before = await lockMemberOrRefuse(tx, membership)
    if (before.role !== role) {
      await saveMemberRole(tx, personId, role)
      const body = { personId, organisationId, role }
      await announce(tx, {
        name: 'identity.member_role_changed',
        subject: organisationId,
        actor: actorLabel(actor),
        organisationId,
        occurredAt: clock.now(),
        body,
      })
    }
    const member = await findActor(tx, personId)
    if (member?.kind !== 'member') throw unknownMember(membership)
    return member
  })
}

/** Sessions and tokens end with it, at once. */
export async function removeMember({ db, clock }: Deps, actor: Actor, membership: Membership) {
  refuseStrangers(actor, membership.organisationId)
  const { personId, organisationId } = membership
  const now = clock.now()
  await db.transaction().execute(async (tx) => {
    await lockMemberOrRefuse(tx, membership)
    await saveMemberRemoved(tx, personId, now)
    await endAccess(tx, personId, now)
    await announce(tx, {
      name: 'identity.member_removed',
      subject: organisationId,
      actor: actorLabel(actor),
      organisationId,
      occurredAt: now,
      body: { personId, organisationId },
    })
  })
}

function refuseStrangers(actor: Actor, organisationId: string) {
  if (!maySeeOrganisation(actor, organisationId)) throw unknownOrganisation(organisationId)
  if (!mayManageMembers(actor, organisationId))
    throw new Refusal(
      'forbidden',
      'member.not_yours',
      'Members are managed by managers of their organisation, support and administrators.',
    )
}

async function lockMemberOrRefuse(tx: Tx, membership: Membership) {
  const found = await lockMember(tx, membership)
  if (!found) throw unknownMember(membership)
  return found
}

function unknownMember({ personId }: Membership) {
  return new Refusal('not_found', 'member.unknown', `There is no member ${personId} here.`)
}
