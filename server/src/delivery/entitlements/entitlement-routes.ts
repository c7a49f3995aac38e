// The doors to what a customer organisation is entitled to.
import { Type } from 'typebox'
import { Refusal } from '#platform/errors'
import type { Http } from '#platform/http'
import { Fields, Id, named, PageOf, Slug } from '#platform/schemas'
import type { DeliveryDeps } from '../deps.ts'
import { maySeeEntitlements } from '../products/product-policy.ts'
import { grantEntitlement, revokeEntitlement } from './change-entitlement.ts'
import { listEntitlements } from './entitlement-store.ts'

const OrganisationPath = Fields({ organisationId: Id })
const EntitlementPath = Fields({ organisationId: Id, productId: Slug, channel: Slug })
const EntitlementView = named(
  'Entitlement',
  Type.Object({ organisationId: Type.String(), productId: Type.String(), channel: Type.String() }),
)
const EntitlementPage = PageOf('EntitlementPage', EntitlementView)

export function entitlementRoutes(http: Http, deps: DeliveryDeps) {
  const config = { scope: 'fleet:write' } as const
  const path = '/api/v1/organisations/:organisationId/entitlements'

  http.get(
    path,
    { schema: { operationId: 'listEntitlements', params: OrganisationPath, response: { 200: EntitlementPage } } },
    async ({ actor, params }) => {
      if (!maySeeEntitlements(actor, params.organisationId))
        throw new Refusal('not_found', 'organisation.unknown', `There is no organisation ${params.organisationId}.`)
      return { items: await listEntitlements(deps.db, params.organisationId), next: null }
    },
  )

  http.put(
    `${path}/:productId/:channel`,
    { schema: { operationId: 'grantEntitlement', params: EntitlementPath, response: { 200: EntitlementView } }, config },
    async ({ actor, params }) => {
      await grantEntitlement(deps, actor, params)
      return params
    },
  )

  http.delete(
    `${path}/:productId/:channel`,
    { schema: { operationId: 'revokeEntitlement', params: EntitlementPath, response: { 204: Type.Null() } }, config },
    async ({ actor, params }, reply) => {
      await revokeEntitlement(deps, actor, params)
      return reply.code(204).send(null)
    },
  )
}
