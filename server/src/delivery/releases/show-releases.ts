// Makes the views of releases: customers see what they may run, staff also who made it and how far it has come.
import type { Static } from 'typebox'
import { type Actor, isStaff, type Person } from '#identity'
import type { DeliveryDeps } from '../deps.ts'
import { listArtifacts } from '../artifacts/artifact-store.ts'
import type { Artifact } from '../artifacts/artifact.ts'
import { listProducts } from '../products/product-store.ts'
import type { Release } from './release.ts'
import { weigh } from './weigh.ts'
import { findSeenRelease, pageReleases, type ReleaseFilter } from './release-queries.ts'
import type { ReleaseDetails, ReleasePage } from './release-schemas.ts'

type Deps = Pick<DeliveryDeps, 'db' | 'identity' | 'fleet'>

export async function showReleases(deps: Deps, actor: Actor, filter: ReleaseFilter): Promise<Static<typeof ReleasePage>> {
  const { items, next } = await pageReleases(deps.db, actor, filter)
  const beside = await gatherBeside(deps, actor, items)
  return { items: items.map((release) => (isStaff(actor) ? forStaff(release, beside) : forCustomers(release, beside))), next }
}

/** Undefined where there is none that the actor may see. */
export async function showRelease(deps: Deps, actor: Actor, id: string): Promise<Static<typeof ReleaseDetails> | undefined> {
  const release = await findSeenRelease(deps.db, actor, id)
  if (!release) return undefined
  const beside = await gatherBeside(deps, actor, [release])
  if (!isStaff(actor)) return forCustomers(release, beside)
  const isOut = release.state !== 'draft'
  const adoption = isOut ? await countAdoption(deps, release) : null
  const bytes = isOut ? weigh(beside.artifacts.get(id) ?? [], await deps.fleet.countFetched(id)) : null
  return { ...forStaff(release, beside), adoption, bytes }
}

interface Beside {
  artifacts: Map<string, Artifact[]>
  /** Names of products and of people, by id. */
  names: Map<string, string>
}

async function gatherBeside({ db, identity }: Deps, actor: Actor, releases: Release[]): Promise<Beside> {
  const labels = isStaff(actor) ? releases.flatMap(({ createdBy, publishedBy }) => [createdBy, publishedBy ?? '']) : []
  const [artifacts, products, people] = await Promise.all([
    listArtifacts(
      db,
      releases.map(({ id }) => id),
    ),
    listProducts(db),
    labels.length > 0 ? identity.peopleByIds([...new Set(labels)]) : ([] as Person[]),
  ])
  return {
    artifacts: Map.groupBy(artifacts, ({ releaseId }) => releaseId),
    names: new Map([...products, ...people].map(({ id, name }) => [id, name])),
  }
}

function forCustomers(release: Release, { artifacts, names }: Beside) {
  const { id, productId, version, state, notes, fixes, minimumVersion, withdrawnReason } = release
  return {
    id,
    productId,
    product: { id: productId, name: names.get(productId) ?? productId },
    version,
    state,
    notes,
    fixes,
    minimumVersion,
    artifacts: artifacts.get(id) ?? [],
    createdAt: release.createdAt.toISOString(),
    publishedAt: release.publishedAt?.toISOString() ?? null,
    withdrawnAt: release.withdrawnAt?.toISOString() ?? null,
    withdrawnReason,
  }
}

function forStaff(release: Release, beside: Beside) {
  const person = (id: string | null) => {
    const name = id === null ? undefined : beside.names.get(id)
    return id === null || name === undefined ? null : { id, name }
  }
  return {
    ...forCustomers(release, beside),
    sequence: release.sequence,
    createdBy: person(release.createdBy),
    publishedBy: person(release.publishedBy),
  }
}

async function countAdoption({ fleet }: Deps, { id, productId }: Release) {
  const running = await fleet.countRunning({ productId })
  return {
    running: running.find(({ releaseId }) => releaseId === id)?.count ?? 0,
    of: running.reduce((sum, { count }) => sum + count, 0),
  }
}
