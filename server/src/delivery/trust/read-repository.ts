// Reads all that a repository consists of, with the keys that can be opened.
import type { RootDocument, TargetsDocument, TufKey } from '@fairway/trust'
import { tufKeyOf } from '@fairway/trust'
import type { Reader } from '#platform/db'
import type { DeliveryDeps } from '../deps.ts'
import { signersOf } from './held-keys.ts'
import { inForce, type RepositoryDocument, type RepositoryState } from './repository.ts'
import { listDocuments, listKeys, listRoles, type StoredKey } from './trust-store.ts'

export async function readRepository(
  db: Reader,
  { secrets }: Pick<DeliveryDeps, 'secrets'>,
  productId: string,
): Promise<RepositoryState & { stored: StoredKey[] }> {
  const stored = await listKeys(db, productId)
  const documents = await listDocuments(db, productId)
  return {
    productId,
    stored,
    documents,
    roles: await listRoles(db, productId),
    // Whatever was lost here: what installations believe is still known by the documents.
    keys: { ...namedKeys(documents), ...Object.fromEntries(stored.map(namedKey)) },
    signers: signersOf({ secrets }, productId, stored),
  }
}

function namedKeys(documents: RepositoryDocument[]): Record<string, TufKey> {
  const root = inForce(documents, 'root')?.envelope.signed as RootDocument | undefined
  const top = inForce(documents, 'targets')?.envelope.signed as TargetsDocument | undefined
  return { ...root?.keys, ...top?.delegations?.keys }
}

function namedKey({ publicKey }: StoredKey) {
  const { keyid, key } = tufKeyOf(publicKey)
  return [keyid, key] as const
}
