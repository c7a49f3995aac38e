// Answers about who I am, the vendor's people, invitations, sessions and tokens.
import type { Schemas } from '@fairway/client'
import type { Handlers, Me } from '../contract.ts'
import { freshId } from '../dice.ts'
import { happen } from '../happen.ts'
import { conflict, notFound } from '../problem.ts'
import { after, msOf, nowIso } from '../times.ts'
import type { World } from '../world.ts'
import { getOrganisation } from './organisations.ts'

const INVITED_FOR_MS = msOf('7d')

export const peopleHandlers = {
  'get /api/v1/me': ({ world, me }) => {
    const name = world.organisations.find(({ id }) => id === me.organisation?.id)?.name
    return me.organisation && name !== undefined ? { ...me, organisation: { ...me.organisation, name } } : me
  },
  'get /api/v1/vendor': ({ world }) => world.vendor,
  'patch /api/v1/vendor': ({ world, me, body }) => {
    Object.assign(world.vendor, body)
    happen(world, { name: 'identity.vendor_renamed', subject: 'vendor', actor: me.id, body: { ...body } })
    return world.vendor
  },
  'get /api/v1/staff': ({ world }) => ({ items: world.staff }),
  'patch /api/v1/staff/{personId}': ({ world, me, path, body: { roles } }) => {
    const person = getStaff(world, path.personId)
    refuseLast(world, person, roles)
    person.roles = roles
    happen(world, {
      name: 'identity.staff_roles_changed',
      subject: person.id,
      actor: me.id,
      body: { personId: person.id, roles },
    })
    return person
  },
  'delete /api/v1/staff/{personId}': ({ world, me, path }) => {
    const person = getStaff(world, path.personId)
    refuseLast(world, person, [])
    world.staff.splice(world.staff.indexOf(person), 1)
    happen(world, { name: 'identity.staff_removed', subject: person.id, actor: me.id, body: { personId: person.id } })
  },
  'get /api/v1/staff/invitations': ({ world }) => ({
    items: world.invitations.filter(({ organisationId }) => organisationId === null),
  }),
  'post /api/v1/staff/invitations': ({ world, me, body: { email, roles } }) =>
    invite(world, me, { email, roles, role: null, organisationId: null }),
  'get /api/v1/organisations/{organisationId}/invitations': ({ world, me, path }) => {
    const { id } = getOrganisation(world, me, path.organisationId)
    return { items: world.invitations.filter(({ organisationId }) => organisationId === id) }
  },
  'post /api/v1/organisations/{organisationId}/invitations': ({ world, me, path, body: { email, role } }) =>
    invite(world, me, { email, role, roles: null, organisationId: getOrganisation(world, me, path.organisationId).id }),
  'post /api/v1/invitations/{invitationId}/resend': ({ world, path }) =>
    Object.assign(getInvitation(world, path.invitationId), { expiresAt: after(Date.now(), INVITED_FOR_MS) }),
  'delete /api/v1/invitations/{invitationId}': ({ world, me, path }) => {
    const invitation = getInvitation(world, path.invitationId)
    invitation.state = 'revoked'
    const { id, organisationId } = invitation
    happen(world, { name: 'identity.invitation_revoked', subject: id, actor: me.id, organisationId, body: { invitationId: id } })
  },
  'get /api/v1/sessions': ({ world }) => ({ items: world.sessions }),
  'delete /api/v1/sessions/{sessionId}': ({ world, path }) => {
    world.sessions = world.sessions.filter(({ id }) => id !== path.sessionId)
  },
  'get /api/v1/tokens': ({ world, me }) => ({ items: world.tokens.get(me.id) ?? [] }),
  'post /api/v1/tokens': ({ world, me, body: { name, scopes, expiresAt = null } }) => {
    const token = { id: freshId('tk'), name, scopes, createdAt: nowIso(), expiresAt, lastUsedAt: null, revokedAt: null }
    world.tokens.set(me.id, [token, ...(world.tokens.get(me.id) ?? [])])
    return { ...token, token: freshId('fw') }
  },
  'delete /api/v1/tokens/{tokenId}': ({ world, me, path }) => {
    const found = world.tokens.get(me.id)?.find(({ id }) => id === path.tokenId)
    if (!found) throw notFound('token', path.tokenId)
    found.revokedAt = nowIso()
  },
} satisfies Handlers

function getStaff({ staff }: World, id: string) {
  const found = staff.find((one) => one.id === id)
  if (!found) throw notFound('staff', id)
  return found
}

function refuseLast({ staff }: World, person: Schemas['Staff'], roles: string[]) {
  const others = staff.filter((one) => one !== person && one.roles.includes('administrator'))
  if (others.length === 0 && person.roles.includes('administrator') && !roles.includes('administrator'))
    throw conflict('staff.last_administrator', 'This is the last administrator. Make another one first.')
}

function getInvitation({ invitations }: World, id: string) {
  const found = invitations.find((one) => one.id === id)
  if (!found) throw notFound('invitation', id)
  if (found.state !== 'open') throw conflict('invitation.not_open', `The invitation is ${found.state}.`)
  return found
}

type Invited = Pick<Schemas['Invitation'], 'email' | 'role' | 'roles' | 'organisationId'>

function invite(world: World, me: Me, invited: Invited): Schemas['Invitation'] {
  const expiresAt = after(Date.now(), INVITED_FOR_MS)
  const invitation = { id: freshId('fwi'), ...invited, state: 'open' as const, createdAt: nowIso(), expiresAt }
  world.invitations.unshift(invitation)
  const { id, organisationId, role, roles } = invitation
  const name = organisationId === null ? 'identity.staff_invited' : 'identity.member_invited'
  happen(world, { name, subject: organisationId ?? id, actor: me.id, organisationId, body: { invitationId: id, role, roles } })
  return invitation
}
