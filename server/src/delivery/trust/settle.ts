// Brings a repository's documents up to what is wanted: which ones to sign anew, and which wait for signatures. Pure but for the keys that it signs with.
import { channelRole, type TargetsDocument, type TufTarget } from '@fairway/trust'
import { authoritiesOfRoot, authorityIn, isEnough } from './authority.ts'
import { type Body, rootBody, snapshotBody, targetsBody, timestampBody } from './bodies.ts'
import { authorityOf, type Book, complete, drop, isFresh, openBook, propose, type Proposal, proposeFor } from './propose.ts'
import { inForce, type RepositoryDocument, type RepositoryState, type RoleName, waiting } from './repository.ts'

export interface Wanted {
  now: Date
  /** By channel. */
  targets: Record<string, Record<string, TufTarget>>
}

export interface Settled {
  /** New ones, and waiting ones whose signatures have become more. */
  changed: RepositoryDocument[]
  /** Waiting ones that nobody wants any more. */
  dropped: RepositoryDocument[]
  /** All there are afterwards. */
  documents: RepositoryDocument[]
}

/**
 * From root to timestamp, since each names the versions or keys of the next. What lacks a signature waits, and what is in force stays so:
 * a pending rotation stops nobody. Documents that hang together come into force together: a key is named only once what it must sign is signed.
 * Throws an Error where no root was ever complete.
 */
export function settle(state: RepositoryState, { now, targets }: Wanted): Settled {
  const book = openBook(state, now)
  settleNamed(book, targets)
  const top = inForce(book.documents, 'targets')?.envelope.signed as TargetsDocument | undefined
  if (!inForce(book.documents, 'root'))
    throw new Error(`The first root of ${state.productId} lacks the signature of its own key.`)
  settleOnline(book, 'snapshot', snapshotBody(book.documents, top))
  const snapshot = inForce(book.documents, 'snapshot')
  if (snapshot) settleOnline(book, 'timestamp', timestampBody(snapshot))
  return { changed: [...book.changed.values()], dropped: book.dropped, documents: book.documents }
}

/** The root, the targets, and the channels: each names the keys of the next, and their keys may all be elsewhere. */
function settleNamed(book: Book, targets: Wanted['targets']) {
  const channels = Object.keys(targets)
  const root = proposeRoot(book)
  const wish = { role: 'targets', body: targetsBody(book.state, channels), above: root }
  let top = proposeFor(book, wish)
  for (const channel of channels) settleChannel(book, { channel, listed: targets[channel] ?? {}, top: top?.document })
  const roles = channels.map(channelRole)
  if (top?.isForNow && isReady(top, authorityOf(book, 'targets')) && areSigned(book, roles, top)) {
    completeTop(book, roles, top.document)
    top = proposeFor(book, wish)
  }
  if (!root || !isRootReady(book, { root, top, roles })) return
  complete(book, root)
  if (top && isReady(top, authorityOf(book, 'targets')) && areSigned(book, roles, top)) completeTop(book, roles, top.document)
}

function proposeRoot(book: Book) {
  const body = rootBody(book.state)
  const served = inForce(book.documents, 'root')
  if (served && isFresh(book, served, body)) {
    drop(book, 'root')
    return undefined
  }
  const before = served?.envelope.signed
  return propose(book, { role: 'root', body, signing: authoritiesOfRoot(before, { ...body, ...HEADLESS }) })
}

/** Authorities look at keys and roles alone. */
const HEADLESS = { version: 0, expires: '', spec_version: '' }

/** Files of a channel go out under the keys in force, whatever waits above. */
function settleChannel(
  book: Book,
  { channel, listed, top }: { channel: string; listed: Record<string, TufTarget>; top: RepositoryDocument | undefined },
) {
  const body: Body<TargetsDocument> = { _type: 'targets', targets: listed }
  const wish = { role: channelRole(channel), body, above: top }
  const proposal = proposeFor(book, wish)
  if (!proposal?.isForNow || !isReady(proposal, authorityOf(book, wish.role))) return
  complete(book, proposal.document)
  proposeFor(book, wish)
}

function settleOnline(book: Book, role: RoleName, body: Body) {
  const proposal = proposeFor(book, { role, body })
  if (proposal && isReady(proposal, authorityOf(book, role))) complete(book, proposal.document)
}

function isReady({ document }: Proposal, authority: ReturnType<typeof authorityOf>) {
  return authority !== undefined && isEnough(document.envelope, authority)
}

/** Whether each channel is signed already by the keys that this targets document names. */
function areSigned({ documents }: Book, roles: RoleName[], { document }: Proposal) {
  return roles.every((role) => {
    const authority = authorityIn(document.envelope.signed, role)
    return [inForce(documents, role), waiting(documents, role)].some(
      (one) => one && authority && isEnough(one.envelope, authority),
    )
  })
}

function isRootReady(
  book: Book,
  { root, top, roles }: { root: RepositoryDocument; top: Proposal | undefined; roles: RoleName[] },
) {
  const before = inForce(book.documents, 'root')?.envelope.signed
  const { signed } = root.envelope
  if (!authoritiesOfRoot(before, signed).every((one) => isEnough(root.envelope, one))) return false
  const served = inForce(book.documents, 'targets')
  const authority = authorityIn(signed, 'targets')
  if (served && authority && isEnough(served.envelope, authority)) return true
  return top !== undefined && isReady(top, authority) && areSigned(book, roles, top)
}

/** With it, the channels whose new keys it names. */
function completeTop(book: Book, roles: RoleName[], document: RepositoryDocument) {
  complete(book, document)
  for (const role of roles) {
    const authority = authorityOf(book, role)
    const [served, pending] = [inForce(book.documents, role), waiting(book.documents, role)]
    const isServed = served && authority && isEnough(served.envelope, authority)
    if (pending && authority && !isServed && isEnough(pending.envelope, authority)) complete(book, pending)
  }
}
