// The book of a repository while it is settled: what is in force, what waits, and how the next document of a role is proposed. Pure but for the keys that it signs with.
import { isDeepStrictEqual } from 'node:util'
import { headOf, signatureOf, type TufDocument, type TufEnvelope } from '@fairway/trust'
import { type Authority, authorityIn, delegatorOf, isEnough } from './authority.ts'
import type { Body } from './bodies.ts'
import {
  expiryOf,
  inForce,
  renewalOf,
  type RepositoryDocument,
  type RepositoryState,
  type RoleName,
  waiting,
} from './repository.ts'

export interface Book {
  state: RepositoryState
  now: Date
  documents: RepositoryDocument[]
  /** By role and version: new ones, and waiting ones whose signatures have become more. */
  changed: Map<string, RepositoryDocument>
  dropped: RepositoryDocument[]
}

export interface Proposal {
  document: RepositoryDocument
  /** What is served is not right any more. Otherwise it waits for the keys that the document above will name. */
  isForNow: boolean
}

export function openBook(state: RepositoryState, now: Date): Book {
  return { state, now, documents: [...state.documents], changed: new Map(), dropped: [] }
}

/**
 * What must be signed next of this role; undefined where nothing must. `above` is the document that waits to name its keys, where one does:
 * the keys that it names sign before they are named, so that clients never see a key without its signature.
 */
export function proposeFor(
  book: Book,
  { role, body, above }: { role: RoleName; body: Body; above?: RepositoryDocument | undefined },
): Proposal | undefined {
  const served = inForce(book.documents, role)
  const here = authorityOf(book, role)
  const next = authorityIn(above?.envelope.signed, role)
  const isRight = (authority: Authority) =>
    served !== undefined && isFresh(book, served, body) && isEnough(served.envelope, authority)
  if (here && !isRight(here)) {
    const document = propose(book, { role, body, signing: next ? [here, next] : [here] })
    return { document, isForNow: true }
  }
  if (next && !isRight(next)) return { document: propose(book, { role, body, signing: [next] }), isForNow: false }
  drop(book, role)
  return undefined
}

/** The key set that the documents in force name for a role. */
export function authorityOf({ documents }: Book, role: RoleName) {
  return authorityIn(inForce(documents, delegatorOf(role))?.envelope.signed, role)
}

/** The one that waits already where it says the same, else a new one; with every signature that we can give. */
export function propose(book: Book, { role, body, signing }: { role: RoleName; body: Body; signing: Authority[] }) {
  const pending = waiting(book.documents, role)
  const before = pending && isFresh(book, pending, body) ? pending : undefined
  const signed = before?.envelope.signed ?? nextDocument(book, role, body)
  const envelope = withOurs({ signed, signatures: before?.envelope.signatures ?? [] }, signing, book)
  if (before && envelope.signatures.length === before.envelope.signatures.length) return before
  const document = {
    role,
    version: signed.version,
    body: JSON.stringify(envelope),
    envelope,
    expiresAt: new Date(signed.expires),
    isComplete: false,
  }
  return put(book, document)
}

export function complete(book: Book, document: RepositoryDocument) {
  return put(book, { ...document, isComplete: true })
}

export function drop(book: Book, role: RoleName) {
  const pending = waiting(book.documents, role)
  if (!pending) return
  book.documents = book.documents.filter((one) => one !== pending)
  book.dropped.push(pending)
}

export function isFresh({ now }: Book, { role, envelope, expiresAt }: RepositoryDocument, body: Body) {
  return saysThis(envelope.signed, body) && now < renewalOf(role, expiresAt)
}

function put(book: Book, document: RepositoryDocument) {
  const { role, version } = document
  book.documents = [...book.documents.filter((one) => one.role !== role || one.version !== version), document]
  book.changed.set(`${role} ${version}`, document)
  return document
}

function nextDocument({ documents, now }: Book, role: RoleName, body: Body) {
  const version = (inForce(documents, role)?.version ?? 0) + 1
  // Each body has the fields of its own type; together with the head it is that document.
  return { ...headOf(body._type, { version, expires: expiryOf(role, now) }), ...body } as TufDocument
}

/** Adds what the keys at hand can sign and have not signed yet. */
function withOurs(envelope: TufEnvelope, signing: Authority[], { state: { signers } }: Book): TufEnvelope {
  const keyids = [...new Set(signing.flatMap(({ role }) => role.keyids))]
  const missing = keyids.filter((keyid) => !envelope.signatures.some((one) => one.keyid === keyid))
  const ours = missing.flatMap((keyid) => signers[keyid] ?? []).map((signer) => signatureOf(envelope.signed, signer))
  return { ...envelope, signatures: [...envelope.signatures, ...ours] }
}

/** Apart from version and times. */
function saysThis({ version: _version, expires: _expires, spec_version: _spec, ...rest }: TufDocument, body: Body) {
  return isDeepStrictEqual(rest, body)
}
