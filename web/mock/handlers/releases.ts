// Answers about releases and their artifacts, and how they are made.
import type { Schemas } from '@fairway/client'
import type { Ask, Handlers, Me } from '../contract.ts'
import { digestOf, freshId, idOf } from '../dice.ts'
import { happen } from '../happen.ts'
import { pageViews } from '../paging.ts'
import { conflict, notFound } from '../problem.ts'
import { nowIso } from '../times.ts'
import { nameOfProduct } from '../views/rollout-view.ts'
import type { Release, World } from '../world.ts'

export const releaseHandlers = {
  'get /api/v1/releases': ({ world, me, query: { productId, version, ...page } }) => {
    const found = world.releases.filter(
      (one) =>
        maySee(world, me, one) && (productId ?? one.productId) === one.productId && (version ?? one.version) === one.version,
    )
    return pageViews(found, page, (one) => view(world, me, one))
  },
  'get /api/v1/releases/{releaseId}': ({ world, me, path }) => viewDetails(world, me, getRelease(world, me, path.releaseId)),
  'post /api/v1/releases': ({ world, me, body }) => {
    const { productId, version, notes = '', fixes = [] } = body
    if (!world.products.some(({ id }) => id === productId)) throw notFound('product', productId)
    if (world.releases.some((one) => one.productId === productId && one.version === version))
      throw conflict('release.exists', `${productId} ${version} exists already.`)
    const release: Release = {
      id: idOf('re', `${productId} ${version}`),
      productId,
      version,
      state: 'draft',
      notes,
      fixes,
      minimumVersion: body.minimumVersion ?? null,
      artifacts: [],
      createdAt: nowIso(),
      publishedAt: null,
      withdrawnAt: null,
      withdrawnReason: null,
      sequence: null,
      createdBy: {
        id: me.id,
        name: me.name,
      },
      publishedBy: null,
    }
    world.releases.unshift(release)
    return told(world, me, { release, name: 'delivery.release_drafted' })
  },
  'patch /api/v1/releases/{releaseId}': ({ world, me, path, body }) => {
    const release = getRelease(world, me, path.releaseId)
    Object.assign(release, body)
    return told(world, me, { release, name: 'delivery.release_amended', more: { changed: Object.keys(body) } })
  },
  'delete /api/v1/releases/{releaseId}': ({ world, me, path }) => {
    const release = getDraft(world, me, path.releaseId)
    world.releases.splice(world.releases.indexOf(release), 1)
  },
  'post /api/v1/releases/{releaseId}/publish': ({ world, me, path }) => {
    const release = getDraft(world, me, path.releaseId)
    if (release.artifacts.length === 0)
      throw conflict('release.no_artifacts', `${release.version} has no file yet. Add one, then publish.`)
    const sequence = Math.max(0, ...world.releases.map((one) => one.sequence ?? 0)) + 1
    Object.assign(release, { state: 'published', publishedAt: nowIso(), publishedBy: { id: me.id, name: me.name }, sequence })
    return told(world, me, { release, name: 'delivery.release_published' })
  },
  'post /api/v1/releases/{releaseId}/withdraw': ({ world, me, path, body: { reason } }) => {
    const release = getRelease(world, me, path.releaseId)
    if (release.state !== 'published') throw conflict('release.not_published', `${release.version} is ${release.state}.`)
    Object.assign(release, { state: 'withdrawn', withdrawnAt: nowIso(), withdrawnReason: reason })
    return told(world, me, { release, name: 'delivery.release_withdrawn', more: { reason } })
  },
  'post /api/v1/releases/{releaseId}/artifacts': (ask) => addArtifact(ask),
  'delete /api/v1/releases/{releaseId}/artifacts/{artifactId}': ({ world, me, path }) => {
    const release = getDraft(world, me, path.releaseId)
    release.artifacts = release.artifacts.filter(({ id }) => id !== path.artifactId)
  },
} satisfies Handlers

/** Customers see what may come to them; drafts are the vendor's affair. */
function maySee({ entitlements }: World, me: Me, { state, productId }: Release) {
  if (me.kind === 'staff') return true
  return (
    state !== 'draft' && entitlements.some((one) => one.organisationId === me.organisation?.id && one.productId === productId)
  )
}

function getRelease(world: World, me: Me, id: string) {
  const found = world.releases.find((one) => one.id === id)
  if (!found || !maySee(world, me, found)) throw notFound('release', id)
  return found
}

function getDraft(world: World, me: Me, id: string) {
  const release = getRelease(world, me, id)
  if (release.state !== 'draft')
    throw conflict('release.not_draft', `${release.version} is ${release.state}: it can no longer be changed.`)
  return release
}

function view(world: World, me: Me, release: Release): Schemas['StaffRelease'] | Schemas['Release'] {
  const { sequence, createdBy, publishedBy, ...own } = release
  const shown = { ...own, product: { id: own.productId, name: nameOfProduct(world, own.productId) } }
  return me.kind === 'staff' ? { ...shown, sequence, createdBy, publishedBy } : shown
}

type Details = Schemas['StaffReleaseDetails'] | Schemas['Release']

function viewDetails(world: World, me: Me, release: Release): Details {
  const shown = view(world, me, release)
  return 'sequence' in shown ? { ...shown, adoption: adoptionOf(world, release), bytes: bytesOf(world, release) } : shown
}

function adoptionOf({ installations }: World, { id, productId, state }: Release) {
  if (state === 'draft') return null
  const active = [...installations.values()].filter((one) => one.state === 'active' && one.productId === productId)
  return { running: active.filter(({ releaseId }) => releaseId === id).length, of: active.length }
}

/** Most had the version before, and took a patch of a fiftieth. */
function bytesOf(world: World, release: Release) {
  const running = adoptionOf(world, release)?.running
  if (running === undefined) return null
  const [whole, byPatch] = [running * (release.artifacts[0]?.size ?? 0), Math.floor(running * 0.9)]
  const fetched = running === 0 ? 0 : Math.round((whole * (running - byPatch * 0.98)) / running)
  return { fetched, whole, saved: whole - fetched, byPatch }
}

function addArtifact({ world, me, path, body }: Ask<'post /api/v1/releases/{releaseId}/artifacts'>) {
  const release = getDraft(world, me, path.releaseId)
  const { uploadId, platform, arch, name, kind = 'opaque' } = body
  const upload = world.uploads.get(uploadId)
  if (!upload || upload.came < upload.of) throw notFound('upload', uploadId)
  world.uploads.delete(uploadId)
  const sha256 = body.sha256 ?? digestOf(uploadId)
  const artifact = { id: freshId('ar'), platform, arch, name, kind, size: upload.of, sha256, sha512: `${sha256}${sha256}` }
  release.artifacts.push(artifact)
  told(world, me, { release, name: 'delivery.artifact_added', more: { artifactId: artifact.id, sha256 } })
  return artifact
}

interface Telling {
  release: Release
  name: string
  more?: Record<string, unknown>
}

function told(world: World, me: Me, { release, name, more }: Telling) {
  const { id, productId, version, fixes } = release
  happen(world, { name, subject: id, actor: me.id, body: { productId, releaseId: id, version, fixes, ...more } })
  return viewDetails(world, me, release)
}
