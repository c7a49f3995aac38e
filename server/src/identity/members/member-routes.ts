// The doors to the people of an organisation.
import { Type } from 'typebox'
import type { Http } from '#platform/http'
import type { IdentityDeps } from '../deps.ts'
import { unknownOrganisation } from '../organisations/change-organisation.ts'
import { maySeeOrganisation } from '../organisations/organisation-policy.ts'
import { idPage, OrganisationPath } from '../organisations/organisation-schemas.ts'
import { changeMemberRole, removeMember } from './change-member.ts'
import { pageOfMembers } from './member-queries.ts'
import { MemberChange, MemberPage, MemberPath, MemberView } from './member-schemas.ts'

const WRITE = { scope: 'identity:write' } as const
const MEMBER = '/api/v1/organisations/:organisationId/members/:personId'

export function memberRoutes(http: Http, deps: IdentityDeps) {
  http.get(
    '/api/v1/organisations/:organisationId/members',
    { schema: { operationId: 'listMembers', params: OrganisationPath, querystring: idPage, response: { 200: MemberPage } } },
    async ({ actor, params: { organisationId }, query }) => {
      if (!maySeeOrganisation(actor, organisationId)) throw unknownOrganisation(organisationId)
      return pageOfMembers(deps.db, organisationId, query)
    },
  )

  http.patch(
    MEMBER,
    {
      schema: { operationId: 'changeMember', params: MemberPath, body: MemberChange, response: { 200: MemberView } },
      config: WRITE,
    },
    ({ actor, params, body }) => changeMemberRole(deps, actor, { ...params, ...body }),
  )

  http.delete(
    MEMBER,
    { schema: { operationId: 'removeMember', params: MemberPath, response: { 204: Type.Null() } }, config: WRITE },
    async ({ actor, params }, reply) => {
      await removeMember(deps, actor, params)
      return reply.code(204).send(null)
    },
  )
}
