// The five stations of an inquiry, and what it waits for.
import type { Schemas } from '@fairway/client'
import type { Inquiry, Installation, Release, World } from '../world.ts'
import { hasFault, isOpen } from './known-error-view.ts'

type Station = Schemas['InquiryStation']
type Fix = NonNullable<Schemas['InquiryForStaff']['fix']>

/** The newest published release that mends it. */
function fixOf({ releases }: World, { knownErrorId }: Inquiry): Release | undefined {
  return releases.find(({ state, fixes }) => state === 'published' && knownErrorId !== null && fixes.includes(knownErrorId))
}

/** Its installations as they are now. */
export function installationsOf(world: World, inquiry: Inquiry): Installation[] {
  return inquiry.installations.flatMap(({ installationId }) => world.installations.get(installationId) ?? [])
}

export function viewFix(world: World, inquiry: Inquiry): Fix | null {
  const error = world.knownErrors.find(({ id }) => id === inquiry.knownErrorId)
  if (!error || !isOpen(inquiry)) return null
  const version = fixOf(world, inquiry)?.version ?? null
  if (version === null) return { because: 'no_fix', version, waitsFor: [] }
  const because = (one: Installation) => {
    if (hasFault(world, error, one)) return 'not_installed'
    return one.health === 'healthy' ? 'proving' : 'not_healthy'
  }
  const waitsFor = installationsOf(world, inquiry).map((one) => ({
    installationId: one.id,
    name: one.name,
    version: one.version,
    because: because(one),
  }))
  const first = ['not_installed', 'not_healthy', 'proving'].find((reason) => waitsFor.some((one) => one.because === reason))
  return { because: first ?? 'nothing_to_fix', version, waitsFor }
}

export function viewStations(world: World, inquiry: Inquiry): Station[] {
  const fix = viewFix(world, inquiry)
  const release = fixOf(world, inquiry)
  const isProven = inquiry.status === 'closed_by_itself'
  const isOnAll = isProven || (fix !== null && ['proving', 'not_healthy'].includes(fix.because))
  const reached = [true, inquiry.knownErrorId !== null, release !== undefined, isOnAll, isProven]
  const done = reached.indexOf(false) === -1 ? reached.length : reached.indexOf(false)
  const goesOn = isOpen(inquiry) && fix?.because !== 'nothing_to_fix'
  const names = ['reported', 'cause', 'fix', 'installed', 'healthy'] as const
  return names.map((station, index) => {
    const state = index < done ? 'done' : index === done && goesOn ? 'now' : 'to_come'
    const told = state === 'done' ? reachedAt(world, inquiry)[station] : awaitedAt(station, state, fix)
    return { station, state, ...told }
  })
}

type Told = Omit<Station, 'station' | 'state'>
const NOTHING: Told = { at: null, version: null, detail: null }

function reachedAt(world: World, inquiry: Inquiry): Record<Station['station'], Told> {
  const release = fixOf(world, inquiry)
  const version = inquiry.proof?.version ?? release?.version ?? null
  const arrived = inquiry.proof?.installations.at(-1) ?? installationsOf(world, inquiry).at(-1)
  return {
    reported: { ...NOTHING, at: inquiry.createdAt },
    cause: {
      ...NOTHING,
      at: inquiry.linkedAt,
      detail: inquiry.knownErrorId === null ? null : { knownError: inquiry.knownErrorId },
    },
    fix: { ...NOTHING, at: release?.publishedAt ?? null, version },
    installed: {
      at: arrived?.healthySince ?? null,
      version: arrived?.version ?? null,
      detail: arrived ? { installation: arrived.name } : null,
    },
    healthy: { ...NOTHING, at: inquiry.closedAt, version },
  }
}

function awaitedAt(station: Station['station'], state: Station['state'], fix: Fix | null): Told {
  if (state !== 'now' || (station !== 'installed' && station !== 'healthy')) return NOTHING
  const [first, ...more] = fix?.waitsFor ?? []
  return { at: null, version: fix?.version ?? null, detail: first && more.length === 0 ? { installation: first.name } : null }
}
