// Puts the documents in force together as the update protocols serve them.
import { channelRole, DIRECTOR, signDirection, type TargetsDocument } from '@fairway/trust'
import type { Reader } from '#platform/db'
import type { DeliveryDeps } from '../deps.ts'
import type { ProductRepository } from '../snapshot.ts'
import { signersOf } from './held-keys.ts'
import { inForce, type RepositoryDocument } from './repository.ts'
import { listDocuments, listHeldKeys } from './trust-store.ts'

export async function readRepositories(db: Reader, { secrets }: Pick<DeliveryDeps, 'secrets'>): Promise<ProductRepository[]> {
  const documents = (await listDocuments(db)).filter(({ isComplete }) => isComplete)
  const held = await listHeldKeys(db)
  return [...Map.groupBy(documents, ({ productId }) => productId)].map(([productId, own]) => {
    const keyids = directorsOf(own)
    const mine = held.filter((key) => key.productId === productId && keyids.includes(key.keyid))
    const [directorKeyid, director] = Object.entries(signersOf({ secrets }, productId, mine))[0] ?? []
    return {
      productId,
      files: new Map(own.map((document) => [fileName(document), document.body])),
      targets: new Map(own.filter(({ role }) => role.startsWith(channelRole(''))).flatMap(targetsIn)),
      direct: director && ((wish) => signDirection(wish, director)),
      directorKeyid,
    }
  })
}

/** Consistent snapshots (TUF spec §6.2): all but the timestamp begin with their version. */
export function fileName({ role, version }: Pick<RepositoryDocument, 'role' | 'version'>) {
  return role === 'timestamp' ? 'timestamp.json' : `${version}.${role}.json`
}

/** Those that installations believe now, which a rotation that waits for signatures does not change. */
function directorsOf(documents: RepositoryDocument[]) {
  const top = inForce(documents, 'targets')?.envelope.signed as TargetsDocument | undefined
  return top?.delegations?.roles.find(({ name }) => name === DIRECTOR)?.keyids ?? []
}

function targetsIn({ envelope }: RepositoryDocument) {
  return Object.entries((envelope.signed as TargetsDocument).targets)
}
