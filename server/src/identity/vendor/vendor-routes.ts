// The doors to the vendor: everybody reads the name, signed in or not; administrators change it.
import { Type } from 'typebox'
import type { Http } from '#platform/http'
import { Fields, named, Text } from '#platform/schemas'
import type { IdentityDeps } from '../deps.ts'
import { renameVendor } from './rename-vendor.ts'
import { findVendorName } from './vendor-store.ts'

const VendorView = named('Vendor', Type.Object({ name: Type.String() }))
const VendorChange = named('VendorChange', Fields({ name: Text(60) }))

export function vendorRoutes(http: Http, deps: IdentityDeps) {
  http.get(
    '/api/v1/vendor',
    { schema: { operationId: 'getVendor', response: { 200: VendorView } }, config: { access: 'public' } },
    async () => ({ name: await findVendorName(deps.db) }),
  )

  http.patch(
    '/api/v1/vendor',
    {
      schema: { operationId: 'renameVendor', body: VendorChange, response: { 200: VendorView } },
      config: { scope: 'identity:write' },
    },
    ({ actor, body }) => renameVendor(deps, actor, body),
  )
}
