// Answers about installations: lists, counts, details, and what people change.
import type { Ask, Handlers, Me } from '../contract.ts'
import { happen, whereabouts } from '../happen.ts'
import { byText, pageOf, pageViews } from '../paging.ts'
import { notFound } from '../problem.ts'
import { CONDITIONS, lastSeenAt, viewInstallation, viewInstallationDetails } from '../views/installation-view.ts'
import { viewOutlook } from '../views/outlook-view.ts'
import type { Installation, World } from '../world.ts'

type Filter = Omit<Ask<'get /api/v1/installation-counts'>['query'], never>

const PAST = CONDITIONS.length

export const installationHandlers = {
  'get /api/v1/installations': ({ world, me, query }) => {
    const { sort = 'need', ...filter } = query
    const found = matching(world, me, filter).toSorted(ORDERS[sort])
    return pageViews(found, query, (one) => viewInstallation(world, me, one))
  },
  'get /api/v1/installation-counts': ({ world, me, query }) => count(matching(world, me, { state: 'active', ...query })),
  'get /api/v1/installations/{installationId}': ({ world, me, path }) =>
    viewInstallationDetails(world, me, getInstallation(world, me, path.installationId)),
  'get /api/v1/installations/{installationId}/reports': ({ world, me, path, query }) => {
    const { reports } = getInstallation(world, me, path.installationId)
    const { items, next } = pageOf(
      reports.map((report) => ({ id: report.reportId, report })),
      query,
    )
    return { items: items.map(({ report }) => report), next }
  },
  'get /api/v1/outlooks': ({ world, me, query }) => {
    const ids = [...new Set(query.installationIds.split(','))]
    const seen = ids.flatMap((id) => world.installations.get(id) ?? []).filter((one) => one.state === 'active' && maySee(me, one))
    return { items: seen.map((one) => viewOutlook(world, me, one)) }
  },
  'patch /api/v1/installations/{installationId}': ({ world, me, path, body }) => {
    const installation = getInstallation(world, me, path.installationId)
    installation.name = body.name ?? installation.name
    tell(world, me, { installation, name: 'fleet.installation_renamed' })
    return viewInstallation(world, me, installation)
  },
  'post /api/v1/installations/{installationId}/retire': (ask) => end(ask, 'retired'),
  'post /api/v1/installations/{installationId}/revoke': (ask) => end(ask, 'revoked'),
  'post /api/v1/installations/{installationId}/clear-copied': ({ world, me, path }) => {
    const installation = getInstallation(world, me, path.installationId)
    Object.assign(installation, { copied: false, copiedAt: null })
    tell(world, me, { installation, name: 'fleet.installation_copy_cleared' })
    return viewInstallation(world, me, installation)
  },
} satisfies Handlers

const ORDERS: Record<
  NonNullable<Ask<'get /api/v1/installations'>['query']['sort']>,
  (a: Installation, b: Installation) => number
> = {
  need: (a, b) => need(a) - need(b) || byText(a.name, b.name) || byText(a.id, b.id),
  name: (a, b) => byText(a.name, b.name) || byText(a.id, b.id),
  lastSeen: (a, b) => byText(a.silentSince ?? '9', b.silentSince ?? '9') || byText(a.id, b.id),
}

function need({ condition }: Installation) {
  return condition === null ? PAST : CONDITIONS.indexOf(condition)
}

export function maySee(me: Me, { organisationId }: Pick<Installation, 'organisationId'>) {
  return me.kind === 'staff' || me.organisation?.id === organisationId
}

export function getInstallation(world: World, me: Me, id: string) {
  const found = world.installations.get(id)
  if (!found || !maySee(me, found)) throw notFound('installation', id)
  return found
}

function matching(world: World, me: Me, { organisationId, productId, channel, version, health, condition, state, q }: Filter) {
  const words = q?.toLowerCase()
  const isWanted = (one: Installation) =>
    (organisationId ?? one.organisationId) === one.organisationId &&
    (productId ?? one.productId) === one.productId &&
    (channel ?? one.channel) === one.channel &&
    (version ?? one.version) === one.version &&
    (health ?? one.health) === one.health &&
    (condition ?? one.condition) === one.condition &&
    (state ?? one.state) === one.state &&
    (words === undefined || one.name.toLowerCase().includes(words))
  return [...world.installations.values()].filter((one) => maySee(me, one) && isWanted(one))
}

function count(found: Installation[]) {
  const byCondition = { failing: 0, degraded: 0, silent: 0, updating: 0, never: 0, healthy: 0 }
  const versions = new Map<string, { productId: string; channel: string; version: string | null; count: number }>()
  for (const { condition, productId, channel, version } of found) {
    if (condition !== null) byCondition[condition] += 1
    const key = `${productId} ${channel} ${version}`
    const counted = versions.get(key) ?? { productId, channel, version, count: 0 }
    versions.set(key, { ...counted, count: counted.count + 1 })
  }
  const byVersion = [...versions.values()].toSorted((a, b) => b.count - a.count).slice(0, 100)
  return { total: found.length, byCondition, byVersion }
}

type Ending =
  | Ask<'post /api/v1/installations/{installationId}/retire'>
  | Ask<'post /api/v1/installations/{installationId}/revoke'>

function end({ world, me, path }: Ending, state: 'retired' | 'revoked') {
  const installation = getInstallation(world, me, path.installationId)
  // It is not heard any more; the last time stays.
  installation.silentSince = lastSeenAt(installation)
  Object.assign(installation, { state, condition: null })
  tell(world, me, { installation, name: `fleet.installation_${state}` })
  return viewInstallation(world, me, installation)
}

function tell(world: World, me: Me, { installation, name }: { installation: Installation; name: string }) {
  const { id, organisationId } = installation
  happen(world, {
    name,
    subject: id,
    actor: me.id,
    organisationId,
    body: { ...whereabouts(installation), name: installation.name },
  })
}
