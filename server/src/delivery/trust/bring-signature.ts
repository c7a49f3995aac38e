// Takes a signature that was made elsewhere: checks it, keeps it, and lets come into force what it completes.
import { isSignedEnough } from '@fairway/trust'
import { type Actor, actorLabel } from '#identity'
import type { Tx } from '#platform/db'
import { invalidField, Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import type { DeliveryDeps } from '../deps.ts'
import { findProduct } from '../products/product-store.ts'
import { authoritiesFor, authorityIn, delegatorOf } from './authority.ts'
import { mayBringSignatures } from './keys-policy.ts'
import { inForce, type RepositoryDocument, type RoleName, waiting } from './repository.ts'
import { settleRepository } from './settle-repository.ts'
import { findDocument, listDocuments, lockRepository, saveDocument } from './trust-store.ts'

export interface BroughtSignature {
  version: number
  keyid: string
  /** hex */
  sig: string
}

export async function bringSignature(
  { db, clock, secrets }: Pick<DeliveryDeps, 'db' | 'clock' | 'secrets'>,
  actor: Actor,
  { productId, role, signature }: { productId: string; role: RoleName; signature: BroughtSignature },
) {
  if (!mayBringSignatures(actor))
    throw new Refusal('forbidden', 'keys.not_yours', 'Only developers and administrators may bring signatures.')
  if (!(await findProduct(db, productId))) throw new Refusal('not_found', 'product.unknown', `There is no product ${productId}.`)
  const now = clock.now()

  await db.transaction().execute(async (tx) => {
    await lockRepository(tx, productId)
    if (await isThere(tx, productId, { role, signature })) return
    const documents = await listDocuments(tx, productId)
    const document = getWaiting(documents, { role, version: signature.version })
    if (document.envelope.signatures.some(({ keyid }) => keyid === signature.keyid)) return
    check(documents, document, signature)
    const { keyid, sig } = signature
    const envelope = { ...document.envelope, signatures: [...document.envelope.signatures, { keyid, sig }] }
    await saveDocument(tx, productId, { ...document, envelope, body: JSON.stringify(envelope), madeAt: now })
    await announce(tx, {
      name: 'delivery.signature_brought',
      subject: productId,
      actor: actorLabel(actor),
      occurredAt: now,
      body: { productId, role, version: document.version, keyid },
    })
    await settleRepository(tx, { secrets }, { productId, now })
  })
}

/** It came before, and the document has come into force since. */
async function isThere(tx: Tx, productId: string, { role, signature }: { role: RoleName; signature: BroughtSignature }) {
  const served = await findDocument(tx, productId, { role, version: signature.version })
  return served?.envelope.signatures.some(({ keyid, sig }) => keyid === signature.keyid && sig === signature.sig)
}

function getWaiting(documents: RepositoryDocument[], { role, version }: { role: RoleName; version: number }) {
  const document = waiting(documents, role)
  if (!document) throw new Refusal('conflict', 'signature.nothing_waits', `Nothing of ${role} waits for a signature.`)
  if (document.version !== version)
    throw new Refusal(
      'conflict',
      'signature.another_version',
      `Version ${document.version} of ${role} waits, not ${version}. Fetch it anew and sign that one.`,
    )
  return document
}

function check(documents: RepositoryDocument[], document: RepositoryDocument, { keyid, sig }: BroughtSignature) {
  const { envelope, role } = document
  // Also those of the key set in force, while another one waits to be named: they bring files out sooner.
  const served = authorityIn(inForce(documents, delegatorOf(role))?.envelope.signed, role)
  const authorities = [...authoritiesFor(documents, role, envelope.signed), ...(served ? [served] : [])]
  const authority = authorities.find((one) => one.role.keyids.includes(keyid))
  if (!authority) throw new Refusal('conflict', 'signature.key_unknown', `The key ${keyid} does not sign for ${role}.`)
  const alone = { signatures: [{ keyid, sig }], signed: envelope.signed }
  if (!isSignedEnough(alone, { keyids: [keyid], threshold: 1 }, authority.keys))
    throw invalidField(
      '/sig',
      'signature.wrong',
      `This is not the signature of that key over version ${document.version} of ${role} as it waits now. Fetch it anew and sign that one.`,
    )
}
