// The doors to customer organisations.
import type { Http } from '#platform/http'
import type { IdentityDeps } from '../deps.ts'
import { changeOrganisation, unknownOrganisation } from './change-organisation.ts'
import { createOrganisation } from './create-organisation.ts'
import { maySeeOrganisation } from './organisation-policy.ts'
import { listOrganisations, toOrganisationView } from './organisation-queries.ts'
import {
  idPage,
  NewOrganisation,
  OrganisationChange,
  OrganisationPage,
  OrganisationPath,
  OrganisationView,
} from './organisation-schemas.ts'
import { findOrganisationRecord } from './organisation-store.ts'

const WRITE = { scope: 'identity:write' } as const

export function organisationRoutes(http: Http, deps: IdentityDeps) {
  http.post(
    '/api/v1/organisations',
    { schema: { operationId: 'createOrganisation', body: NewOrganisation, response: { 201: OrganisationView } }, config: WRITE },
    async ({ actor, body }, reply) => reply.code(201).send(toOrganisationView(await createOrganisation(deps, actor, body))),
  )

  http.get(
    '/api/v1/organisations',
    { schema: { operationId: 'listOrganisations', querystring: idPage, response: { 200: OrganisationPage } } },
    ({ actor, query }) => listOrganisations(deps.db, actor, query),
  )

  http.get(
    '/api/v1/organisations/:organisationId',
    { schema: { operationId: 'getOrganisation', params: OrganisationPath, response: { 200: OrganisationView } } },
    async ({ actor, params: { organisationId } }) => {
      const found = maySeeOrganisation(actor, organisationId) ? await findOrganisationRecord(deps.db, organisationId) : undefined
      if (!found) throw unknownOrganisation(organisationId)
      return toOrganisationView(found)
    },
  )

  http.patch(
    '/api/v1/organisations/:organisationId',
    {
      schema: {
        operationId: 'changeOrganisation',
        params: OrganisationPath,
        body: OrganisationChange,
        response: { 200: OrganisationView },
      },
      config: WRITE,
    },
    async ({ actor, params, body }) =>
      toOrganisationView(await changeOrganisation(deps, actor, { id: params.organisationId, change: body })),
  )
}
