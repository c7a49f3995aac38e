// The doors to keys and signatures.
import type { Http } from '#platform/http'
import type { DeliveryDeps } from '../deps.ts'
import { bringSignature } from './bring-signature.ts'
import { changeKeys, undoKeyChange } from './change-keys.ts'
import { KeyChangeBody, KeysPath, NewSignature, ProductKeysView, RolePath, UnsignedPage } from './keys-schemas.ts'
import { listUnsigned, showKeys } from './show-keys.ts'

const product = '/api/v1/products/:productId'

export function keysRoutes(http: Http, deps: Pick<DeliveryDeps, 'db' | 'clock' | 'secrets'>) {
  http.get(
    `${product}/keys`,
    { schema: { operationId: 'getKeys', params: KeysPath, response: { 200: ProductKeysView } } },
    ({ actor, params }) => showKeys(deps, actor, params.productId),
  )

  // No scope: a token that may only publish must not decide who may.
  http.post(
    `${product}/keys/:role`,
    { schema: { operationId: 'changeKeys', params: RolePath, body: KeyChangeBody, response: { 200: ProductKeysView } } },
    async ({ actor, params, body }) => {
      await changeKeys(deps, actor, { ...params, wish: body })
      return showKeys(deps, actor, params.productId)
    },
  )

  http.delete(
    `${product}/keys/:role/change`,
    { schema: { operationId: 'undoKeyChange', params: RolePath, response: { 200: ProductKeysView } } },
    async ({ actor, params }) => {
      await undoKeyChange(deps, actor, params)
      return showKeys(deps, actor, params.productId)
    },
  )

  http.get(
    `${product}/unsigned`,
    { schema: { operationId: 'listUnsigned', params: KeysPath, response: { 200: UnsignedPage } } },
    async ({ actor, params }) => ({ items: await listUnsigned(deps, actor, params.productId), next: null }),
  )

  http.post(
    `${product}/unsigned/:role/signatures`,
    {
      schema: { operationId: 'bringSignature', params: RolePath, body: NewSignature, response: { 200: ProductKeysView } },
      config: { scope: 'releases:write' },
    },
    async ({ actor, params: { productId, role }, body }) => {
      await bringSignature(deps, actor, { productId, role, signature: body })
      return showKeys(deps, actor, productId)
    },
  )
}
