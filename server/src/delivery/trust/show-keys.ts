// What people see of a product's keys: who signs what, until when it is valid, and what waits for whom.
import { bytesToSign, describeChanges, DIRECTOR, fingerprintOf, publicKeyOf, TOP_ROLES, type TufRole } from '@fairway/trust'
import { isDeepStrictEqual } from 'node:util'
import type { Static } from 'typebox'
import type { Actor } from '#identity'
import { Refusal } from '#platform/errors'
import type { DeliveryDeps } from '../deps.ts'
import { findProduct } from '../products/product-store.ts'
import { authoritiesFor, authorityIn, delegatorOf, needOf } from './authority.ts'
import type { ProductKeysView, RoleKeysView, TrustKeyView, UnsignedView } from './keys-schemas.ts'
import { maySeeKeys } from './keys-policy.ts'
import { readRepository } from './read-repository.ts'
import { inForce, isOnline, type RepositoryDocument, type RoleName, waiting } from './repository.ts'

type Deps = Pick<DeliveryDeps, 'db' | 'secrets'>
type State = Awaited<ReturnType<typeof readRepository>>

export async function showKeys(deps: Deps, actor: Actor, productId: string): Promise<Static<typeof ProductKeysView>> {
  const state = await getRepository(deps, actor, productId)
  return {
    productId,
    roles: Object.keys(state.roles)
      .toSorted(byRank)
      .map((role) => viewOfRole(state, role)),
  }
}

/** What waits for keys that are kept elsewhere; what we should sign ourselves is nobody's task. */
export async function listUnsigned(deps: Deps, actor: Actor, productId: string): Promise<Static<typeof UnsignedView>[]> {
  const { documents } = await getRepository(deps, actor, productId)
  const open = documents.filter(({ role, isComplete }) => !isComplete && !isOnline(role))
  return open.toSorted((a, b) => byRank(a.role, b.role)).map((document) => viewOfUnsigned(documents, document))
}

async function getRepository(deps: Deps, actor: Actor, productId: string) {
  if (!maySeeKeys(actor)) throw new Refusal('forbidden', 'keys.not_yours', 'Only staff may see the keys of a product.')
  if (!(await findProduct(deps.db, productId)))
    throw new Refusal('not_found', 'product.unknown', `There is no product ${productId}.`)
  return readRepository(deps.db, deps, productId)
}

function viewOfUnsigned(documents: RepositoryDocument[], document: RepositoryDocument): Static<typeof UnsignedView> {
  const { role, version, envelope } = document
  const { signed, needed, missing } = needOf(envelope, authoritiesFor(documents, role, envelope.signed))
  const before = inForce(documents, role)?.envelope.signed
  return {
    role,
    version,
    document: { ...envelope.signed },
    before: before ? { ...before } : null,
    bytes: bytesToSign(envelope.signed).toString('base64'),
    needed,
    signed,
    missing,
  }
}

function viewOfRole(state: State, role: RoleName): Static<typeof RoleKeysView> {
  const wanted = state.roles[role] ?? { keyids: [], threshold: 1 }
  const served = servedRole(state, role) ?? wanted
  const document = inForce(state.documents, role)
  const pending = waiting(state.documents, role)
  return {
    role,
    threshold: served.threshold,
    keys: [...new Set([...served.keyids, ...wanted.keyids])].map((keyid) => viewOfKey(state, role, { keyid, served, wanted })),
    next: isDeepStrictEqual(served, wanted) ? null : { threshold: wanted.threshold, keyids: wanted.keyids },
    document: document ? { version: document.version, expiresAt: document.expiresAt.toISOString() } : null,
    waiting: pending ? viewOfWaiting(state, pending) : null,
  }
}

function viewOfWaiting({ documents }: State, { role, version, envelope, expiresAt }: RepositoryDocument) {
  return {
    version,
    expiresAt: expiresAt.toISOString(),
    changes: describeChanges(envelope.signed, inForce(documents, role)?.envelope.signed),
    ...needOf(envelope, authoritiesFor(documents, role, envelope.signed)),
  }
}

function viewOfKey(
  { stored, keys, signers }: State,
  role: RoleName,
  { keyid, served, wanted }: { keyid: string; served: TufRole; wanted: TufRole },
): Static<typeof TrustKeyView> {
  const own = stored.find((one) => one.keyid === keyid)
  const known = keys[keyid]
  const publicKey = own?.publicKey ?? (known && publicKeyOf(known)) ?? ''
  const isElsewhere = own ? own.wrappedPrivateKey === null : !isOnline(role)
  return {
    keyid,
    publicKey,
    fingerprint: publicKey === '' ? '' : fingerprintOf(publicKey),
    kept: signers[keyid] ? 'here' : isElsewhere ? 'elsewhere' : 'lost',
    state: !served.keyids.includes(keyid) ? 'coming' : wanted.keyids.includes(keyid) ? 'in_force' : 'leaving',
    since: own?.createdAt.toISOString() ?? null,
  }
}

function servedRole({ documents }: State, role: RoleName): TufRole | undefined {
  const served = authorityIn(inForce(documents, delegatorOf(role))?.envelope.signed, role)
  return served && { keyids: served.role.keyids, threshold: served.role.threshold }
}

/** From the root down, channels by name. */
function byRank(a: RoleName, b: RoleName) {
  const rank = (role: RoleName) => [...TOP_ROLES, DIRECTOR].indexOf(role) + 1 || TOP_ROLES.length + 2
  return rank(a) - rank(b) || (a < b ? -1 : 1)
}
