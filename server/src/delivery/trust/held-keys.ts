// The keys that we hold: wrapped at rest, opened only to sign.
import { createSigningKey, tufKeyOf } from '@fairway/trust'
import type { Tx } from '#platform/db'
import type { DeliveryDeps } from '../deps.ts'
import type { Signer } from './repository.ts'
import { addKey, type StoredKey } from './trust-store.ts'

type Deps = Pick<DeliveryDeps, 'secrets'>

/** Binds a wrapped key to its product and its name, so that nobody can swap keys in the database. */
function trustKeyPurpose(productId: string, keyid: string) {
  return `trust-key:${productId}:${keyid}`
}

/** Of one product: by key id what can be signed with. */
export function signersOf(deps: Deps, productId: string, stored: StoredKey[]): Record<string, Signer> {
  return Object.fromEntries(
    stored.flatMap((key) => {
      const privateKey = openKey(deps, productId, key)
      return privateKey === undefined ? [] : [[key.keyid, { publicKey: key.publicKey, privateKey }]]
    }),
  )
}

/**
 * Undefined where it is kept elsewhere, and where it cannot be opened: then it is as good as lost, and must not keep anybody from replacing it.
 * The page of keys says so, and the loop complains when something cannot be signed.
 */
function openKey({ secrets }: Deps, productId: string, { keyid, wrappedPrivateKey }: StoredKey) {
  if (wrappedPrivateKey === null) return undefined
  try {
    return secrets.unwrap(trustKeyPurpose(productId, keyid), wrappedPrivateKey)
  } catch {
    return undefined
  }
}

/** Stores a key of ours, a fresh one where none is given; its id. */
export async function holdKey(
  tx: Tx,
  { secrets }: Deps,
  { productId, key = createSigningKey(), now, by }: { productId: string; key?: Signer; now: Date; by: string },
) {
  const { keyid } = tufKeyOf(key.publicKey)
  await addKey(tx, productId, {
    keyid,
    publicKey: key.publicKey,
    wrappedPrivateKey: secrets.wrap(trustKeyPurpose(productId, keyid), key.privateKey),
    createdAt: now,
    createdBy: by,
  })
  return keyid
}
