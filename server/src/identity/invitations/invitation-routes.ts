// The doors to invitations; they are accepted on a page of their own (pages/invite-page.ts).
import { Type } from 'typebox'
import { Refusal } from '#platform/errors'
import type { Http } from '#platform/http'
import type { IdentityDeps } from '../deps.ts'
import { unknownOrganisation } from '../organisations/change-organisation.ts'
import { mayManageMembers, mayManageStaff, maySeeOrganisation } from '../organisations/organisation-policy.ts'
import { OrganisationPath } from '../organisations/organisation-schemas.ts'
import { type Invitation, stateOf } from './invitation.ts'
import { InvitationList, InvitationPath, InvitationView, NewMemberInvitation, NewStaffInvitation } from './invitation-schemas.ts'
import { listInvitations } from './invitation-store.ts'
import { invite, resendInvitation, revokeInvitation } from './invite.ts'

const WRITE = { scope: 'identity:write' } as const
const OF_ORGANISATION = '/api/v1/organisations/:organisationId/invitations'
const OF_STAFF = '/api/v1/staff/invitations'

export function invitationRoutes(http: Http, deps: IdentityDeps) {
  const { clock } = deps
  http.post(
    OF_ORGANISATION,
    {
      schema: {
        operationId: 'inviteMember',
        params: OrganisationPath,
        body: NewMemberInvitation,
        response: { 201: InvitationView },
      },
      config: WRITE,
    },
    async ({ actor, params: { organisationId }, body: { email, role } }, reply) => {
      const invitation = await invite(deps, actor, { email, place: { organisationId, role } })
      return reply.code(201).send(toView(invitation, clock.now()))
    },
  )

  http.post(
    OF_STAFF,
    { schema: { operationId: 'inviteStaff', body: NewStaffInvitation, response: { 201: InvitationView } }, config: WRITE },
    async ({ actor, body: { email, roles } }, reply) => {
      const invitation = await invite(deps, actor, { email, place: { roles: [...new Set(roles)] } })
      return reply.code(201).send(toView(invitation, clock.now()))
    },
  )

  http.post(
    '/api/v1/invitations/:invitationId/resend',
    { schema: { operationId: 'resendInvitation', params: InvitationPath, response: { 200: InvitationView } }, config: WRITE },
    async ({ actor, params }) => toView(await resendInvitation(deps, actor, params.invitationId), clock.now()),
  )

  http.delete(
    '/api/v1/invitations/:invitationId',
    { schema: { operationId: 'revokeInvitation', params: InvitationPath, response: { 204: Type.Null() } }, config: WRITE },
    async ({ actor, params }, reply) => {
      await revokeInvitation(deps, actor, params.invitationId)
      return reply.code(204).send(null)
    },
  )
  listRoutes(http, deps)
}

function listRoutes(http: Http, { db, clock }: IdentityDeps) {
  const answer = { 200: InvitationList }
  http.get(
    OF_ORGANISATION,
    { schema: { operationId: 'listMemberInvitations', params: OrganisationPath, response: answer } },
    async ({ actor, params: { organisationId } }) => {
      if (!maySeeOrganisation(actor, organisationId)) throw unknownOrganisation(organisationId)
      if (!mayManageMembers(actor, organisationId))
        throw new Refusal('forbidden', 'invitation.not_yours', 'Invitations are seen by managers, support and administrators.')
      return { items: (await listInvitations(db, organisationId)).map((one) => toView(one, clock.now())) }
    },
  )

  http.get(OF_STAFF, { schema: { operationId: 'listStaffInvitations', response: answer } }, async ({ actor }) => {
    if (!mayManageStaff(actor))
      throw new Refusal('forbidden', 'invitation.not_yours', 'Invitations of staff are seen by administrators.')
    return { items: (await listInvitations(db, null)).map((one) => toView(one, clock.now())) }
  })
}

function toView(invitation: Invitation, now: Date) {
  const { id, email, place, createdAt, expiresAt } = invitation
  return {
    id,
    email,
    organisationId: 'roles' in place ? null : place.organisationId,
    role: 'roles' in place ? null : place.role,
    roles: 'roles' in place ? place.roles : null,
    state: stateOf(invitation, now),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
}
