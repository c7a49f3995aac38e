// Ties an inquiry to the known error that it comes from: from then on its fix is awaited on the customer's installations.
import type { Tx } from '#platform/db'
import { invalidField } from '#platform/errors'
import type { Watched } from '../closing/judge-inquiry.ts'
import { startWatch, stopWatch } from '../closing/watch-store.ts'
import type { PortalDeps } from '../deps.ts'
import type { KnownError } from '../known-errors/known-error.ts'
import { findKnownError } from '../known-errors/known-error-store.ts'
import { type Inquiry, isClosed, type RanVersion } from './inquiry.ts'
import { listSnapshots, saveKnownErrorOf } from './inquiry-store.ts'

export interface Link {
  error: KnownError
  watched: Watched[]
}

export async function findLink(
  { db, fleet }: Pick<PortalDeps, 'db' | 'fleet'>,
  inquiry: Inquiry,
  knownErrorId: string,
): Promise<Link> {
  const error = await findKnownError(db, knownErrorId)
  if (!error) throw invalidField('/knownErrorId', 'known_error.unknown', `There is no known error ${knownErrorId}.`)
  const named = await listSnapshots(db, inquiry.id)
  if (named.length > 0) {
    const concerned = named.filter((one) => one.productId === error.productId)
    const watched = concerned.map(({ installationId, version }) => ({
      installationId,
      isNamed: true,
      versions: version === null ? [] : [version],
    }))
    return { error, watched }
  }
  const now = await fleet.listOfOrganisation(inquiry.organisationId)
  const ranNow = now.flatMap(({ id, productId, version, state }) =>
    version === null || state !== 'active' ? [] : [{ installationId: id, productId, version }],
  )
  return { error, watched: whatRan([...inquiry.fleetAtOpening, ...ranNow], error.productId) }
}

/** Each installation of the product with all versions that it was seen to run, at opening and at linking. */
export function whatRan(seen: RanVersion[], productId: string): Watched[] {
  const versions = new Map<string, Set<string>>()
  for (const one of seen) {
    if (one.productId !== productId) continue
    const known = versions.get(one.installationId) ?? new Set()
    versions.set(one.installationId, known.add(one.version))
  }
  return [...versions].map(([installationId, ran]) => ({ installationId, isNamed: false, versions: [...ran] }))
}

/** @param link undefined: the tie is undone. */
export async function saveLink(tx: Tx, inquiry: Inquiry, { link, now }: { link: Link | undefined; now: Date }) {
  await saveKnownErrorOf(tx, inquiry.id, { knownErrorId: link?.error.id ?? null, at: now })
  if (!link) return stopWatch(tx, inquiry.id)
  await startWatch(tx, {
    id: inquiry.id,
    knownErrorId: link.error.id,
    productId: link.error.productId,
    // What is closed is not closed again; when it is reopened, watching begins.
    state: isClosed(inquiry) ? 'done' : 'watching',
    at: now,
    watched: link.watched,
  })
}
