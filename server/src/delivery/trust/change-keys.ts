// Changes the keys of a role: keys kept elsewhere come or go, the threshold moves, or a fresh key of ours takes over.
import { type TufRole, tufKeyOf } from '@fairway/trust'
import { isDeepStrictEqual } from 'node:util'
import { type Actor, actorLabel } from '#identity'
import type { Tx } from '#platform/db'
import { invalidField, Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import type { DeliveryDeps } from '../deps.ts'
import { findProduct } from '../products/product-store.ts'
import { authorityIn, delegatorOf } from './authority.ts'
import { holdKey } from './held-keys.ts'
import { changedRole, type KeyChange, whyNotChangeKeys } from './key-change.ts'
import { mayChangeKeys } from './keys-policy.ts'
import { readRepository } from './read-repository.ts'
import { inForce, type RepositoryState, type RoleName } from './repository.ts'
import { settleRepository } from './settle-repository.ts'
import { addKey, findForeignKey, lockRepository, saveRole } from './trust-store.ts'

type Deps = Pick<DeliveryDeps, 'db' | 'clock' | 'secrets'>

export interface KeyWish {
  threshold?: number
  /** Public keys, base64url. */
  add?: string[]
  remove?: string[]
  replace?: boolean
  fresh?: boolean
}

export async function changeKeys(
  deps: Deps,
  actor: Actor,
  { productId, role, wish }: { productId: string; role: RoleName; wish: KeyWish },
) {
  const product = await getChangeable(deps, actor, productId)
  if (wish.fresh && (wish.add || wish.remove || wish.replace))
    throw invalidField('/fresh', 'keys.fresh_alone', 'A fresh key replaces all others: do not add or remove keys with it.')
  const added = (wish.add ?? []).map(namedKey)
  const now = deps.clock.now()
  const by = actorLabel(actor)

  await deps.db.transaction().execute(async (tx) => {
    await lockRepository(tx, productId)
    const fresh = wish.fresh ? await holdKey(tx, deps, { productId, now, by }) : undefined
    const state = await readRepository(tx, deps, productId)
    const current = getRole(state, role)
    const change: KeyChange = {
      threshold: wish.threshold ?? (fresh ? 1 : undefined),
      add: fresh ? [fresh] : added.map(({ keyid }) => keyid),
      remove: wish.remove ?? [],
      isReplacement: fresh !== undefined || wish.replace === true,
    }
    const next = changedRole(current, change)
    const reserved = tufKeyOf(product.manifestKey).keyid
    const wrong = whyNotChangeKeys(state, { role, change, next, reserved })
    if (wrong) throw invalidField(wrong.pointer, wrong.code, wrong.detail)
    await refuseForeign(tx, productId, change.add)
    for (const { keyid, publicKey } of added)
      await addKey(tx, productId, { keyid, publicKey, wrappedPrivateKey: null, createdAt: now, createdBy: by })
    await wantRole(tx, deps, { actor, productId, role, current, next, now })
  })
}

/** Takes back what waits: the role is wanted again as the documents in force name it. */
export async function undoKeyChange(deps: Deps, actor: Actor, { productId, role }: { productId: string; role: RoleName }) {
  await getChangeable(deps, actor, productId)
  const now = deps.clock.now()

  await deps.db.transaction().execute(async (tx) => {
    await lockRepository(tx, productId)
    const state = await readRepository(tx, deps, productId)
    const current = getRole(state, role)
    const served = authorityIn(inForce(state.documents, delegatorOf(role))?.envelope.signed, role)
    if (!served)
      throw new Refusal(
        'conflict',
        'keys.never_in_force',
        `No document in force names keys of ${role}: there is nothing to go back to.`,
      )
    const next = { keyids: served.role.keyids, threshold: served.role.threshold }
    await wantRole(tx, deps, { actor, productId, role, current, next, now })
  })
}

async function refuseForeign(tx: Tx, productId: string, keyids: string[]) {
  const foreign = await findForeignKey(tx, productId, keyids)
  if (foreign === undefined) return
  const detail =
    'This key signs for another product already. Make one for each product: what it signs for one could be shown to the other.'
  throw invalidField(`/add/${keyids.indexOf(foreign)}`, 'keys.used_elsewhere', detail)
}

interface Change {
  actor: Actor
  productId: string
  role: RoleName
  current: TufRole
  next: TufRole
  now: Date
}

async function wantRole(tx: Tx, { secrets }: Deps, { actor, productId, role, current, next, now }: Change) {
  if (isDeepStrictEqual(current, next)) return
  await saveRole(tx, productId, { role, ...next })
  await announce(tx, {
    name: 'delivery.keys_changed',
    subject: productId,
    actor: actorLabel(actor),
    occurredAt: now,
    body: {
      productId,
      role,
      threshold: next.threshold,
      added: next.keyids.filter((keyid) => !current.keyids.includes(keyid)),
      removed: current.keyids.filter((keyid) => !next.keyids.includes(keyid)),
    },
  })
  await settleRepository(tx, { secrets }, { productId, now })
}

async function getChangeable({ db }: Deps, actor: Actor, productId: string) {
  if (!mayChangeKeys(actor)) throw new Refusal('forbidden', 'keys.not_yours', 'Only administrators may change keys.')
  const product = await findProduct(db, productId)
  if (!product) throw new Refusal('not_found', 'product.unknown', `There is no product ${productId}.`)
  return product
}

function getRole({ roles, productId }: Pick<RepositoryState, 'roles' | 'productId'>, role: RoleName) {
  const current = roles[role]
  if (!current) throw new Refusal('not_found', 'role.unknown', `${productId} has no role ${role}.`)
  return current
}

function namedKey(publicKey: string, index: number) {
  try {
    return { publicKey, keyid: tufKeyOf(publicKey).keyid }
  } catch {
    throw invalidField(
      `/add/${index}`,
      'keys.malformed',
      'A public key is 32 bytes of Ed25519 in base64url, as “fairway keys create” writes it.',
    )
  }
}
