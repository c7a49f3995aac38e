// Makes a repository right in the transaction of whoever changed what it speaks about: missing keys are made, documents signed.
import { channelRole, DIRECTOR, TOP_ROLES } from '@fairway/trust'
import { actorLabel, SYSTEM } from '#identity'
import type { Tx } from '#platform/db'
import { announce } from '#platform/events'
import type { DeliveryDeps } from '../deps.ts'
import { manifestKeyPurpose } from '../products/product.ts'
import { readProductKeys } from '../products/product-store.ts'
import { listCarried } from './carried-queries.ts'
import { holdKey } from './held-keys.ts'
import { readRepository } from './read-repository.ts'
import { inForce, isOnline, renewalOf, type RepositoryDocument, type Signer, waiting } from './repository.ts'
import { settle, type Settled } from './settle.ts'
import { dropDocument, forgetKeys, listRoles, lockRepository, saveDocument, saveNextAt, saveRole } from './trust-store.ts'
import { wantedTargets } from './wanted-targets.ts'

type Deps = Pick<DeliveryDeps, 'secrets'>

/** Locks the repository; afterwards what agents are told is signed, or waits for keys that are kept elsewhere. Returns what we should have signed and could not. */
export async function settleRepository(tx: Tx, deps: Deps, { productId, now }: { productId: string; now: Date }) {
  await lockRepository(tx, productId)
  const carried = await listCarried(tx, productId)
  await makeMissingRoles(tx, deps, { productId, now, channels: Object.keys(carried) })
  const state = await readRepository(tx, deps, productId)
  const targets = Object.fromEntries(
    Object.entries(carried).map(([channel, releases]) => [channel, wantedTargets(productId, channel, releases)]),
  )
  const settled = settle(state, { now, targets })
  await saveSettled(tx, { productId, now, settled })
  await forgetKeys(tx, productId, namedKeyids(state.roles, settled.documents))
  return settled.documents.filter(({ role, isComplete }) => isOnline(role) && !isComplete).map(({ role }) => role)
}

async function saveSettled(tx: Tx, { productId, now, settled }: { productId: string; now: Date; settled: Settled }) {
  const { changed, dropped, documents } = settled
  for (const document of dropped) await dropDocument(tx, productId, document)
  for (const document of changed) await saveDocument(tx, productId, { ...document, madeAt: now })
  await saveNextAt(tx, productId, nextRenewal(documents, now))
  if (changed.length + dropped.length === 0) return
  await announce(tx, {
    name: 'delivery.repository_signed',
    subject: productId,
    actor: actorLabel(SYSTEM),
    occurredAt: now,
    body: { productId, roles: changed.map(({ role, version }) => `${role} ${version}`) },
  })
}

/** Each role begins with a key of its own that we hold; the root with the key that installations pinned, so that who enrolled before TUF finds the way. */
async function makeMissingRoles(
  tx: Tx,
  deps: Deps,
  { productId, now, channels }: { productId: string; now: Date; channels: string[] },
) {
  const roles = await listRoles(tx, productId)
  const missing = [...TOP_ROLES, DIRECTOR, ...channels.map(channelRole)].filter((role) => !roles[role])
  for (const role of missing) {
    const key = role === 'root' ? { key: await pinnedKey(tx, deps, productId) } : {}
    const keyid = await holdKey(tx, deps, { productId, ...key, now, by: actorLabel(SYSTEM) })
    await saveRole(tx, productId, { role, keyids: [keyid], threshold: 1 })
  }
}

async function pinnedKey(tx: Tx, { secrets }: Deps, productId: string): Promise<Signer> {
  const keys = await readProductKeys(tx, productId)
  return {
    publicKey: keys.manifest_public_key,
    privateKey: secrets.unwrap(manifestKeyPurpose(productId), keys.manifest_private_key),
  }
}

/** Keys that are wanted, or that a document in force or one that waits speaks of; no other is kept. */
function namedKeyids(roles: Record<string, { keyids: string[] }>, documents: RepositoryDocument[]) {
  const inDocuments = liveOf(documents).flatMap(({ envelope: { signed } }) => {
    if (signed._type === 'root') return Object.keys(signed.keys)
    return signed._type === 'targets' ? Object.keys(signed.delegations?.keys ?? {}) : []
  })
  return [...new Set([...Object.values(roles).flatMap(({ keyids }) => keyids), ...inDocuments])]
}

/** What waits for people is looked at when they bring something; what is overdue for want of a key is not looked at again and again. */
function nextRenewal(documents: RepositoryDocument[], now: Date) {
  const moments = liveOf(documents)
    .map(({ role, expiresAt }) => renewalOf(role, expiresAt).getTime())
    .filter((moment) => moment > now.getTime())
  return new Date(Math.max(Math.min(...moments, now.getTime() + DAY_MS), now.getTime() + 60_000))
}

const DAY_MS = 86_400_000

/** Of each role what is in force, and what waits. */
function liveOf(documents: RepositoryDocument[]) {
  const roles = [...new Set(documents.map(({ role }) => role))]
  return roles.flatMap((role) => [waiting(documents, role), inForce(documents, role)].filter((one) => one !== undefined))
}
