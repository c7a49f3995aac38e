// The full world, grown: 10,000 installations at two hundred customers, and hundreds of inquiries.
import { dieOf } from '../dice.ts'
import { ago } from '../times.ts'
import type { Condition, Installation, World } from '../world.ts'
import { contactsOf, customer, entitlements } from './customers.ts'
import { build } from './fleet.ts'
import type { Spec } from './fleet-specs.ts'
import { full } from './full.ts'
import { asked } from './inquiries.ts'

const INSTALLATIONS = 10_000
const INQUIRIES = 600
const PLACES = [
  'Aldmoor',
  'Birkholt',
  'Cresthaven',
  'Dunvik',
  'Elmsund',
  'Farholm',
  'Grimsby Sound',
  'Hollerup',
  'Ironvale',
  'Jarnes',
  'Kallbach',
  'Lowmere',
  'Mossford',
  'Nyhagen',
]
const TRADES = [
  'Foods',
  'Freight',
  'Timber',
  'Pharma',
  'Parcel',
  'Retail',
  'Steel',
  'Paper',
  'Dairies',
  'Ports',
  'Textiles',
  'Glass',
  'Cable',
  'Grain',
]
const ROOMS = ['Dock', 'Hall', 'Aisle', 'Gate', 'Ramp', 'Silo', 'Yard', 'Line']
/** Of a hundred. */
const CONDITIONS: [until: number, condition: Condition][] = [
  [1, 'failing'],
  [3, 'degraded'],
  [7, 'silent'],
  [8, 'never'],
]

export function many(): World {
  const world = full()
  const names = PLACES.flatMap((place) => TRADES.map((trade) => `${place} ${trade} Group`))
  world.organisations.push(...names.map((name, index) => customer(name, `${300 - index}d`)))
  world.entitlements = entitlements(world.organisations)
  world.members.push(
    ...contactsOf(world.organisations.filter(({ id }) => !world.members.some((one) => one.organisationId === id))),
  )
  const rollout = world.rollouts.find(({ id }) => id === 'ro_57')
  for (let index = 0; world.installations.size < INSTALLATIONS; index += 1) {
    const spec = specOf(index, names)
    const installation = settle(build(spec), spec)
    world.installations.set(installation.id, installation)
    rollout?.witnesses.set(installation.id, { step: 4, standing: 'to_come', at: ago('1d'), reason: null })
  }
  world.inquiries.push(...inquiries(world, names))
  return world
}

function specOf(index: number, customers: string[]): Spec {
  const die = dieOf(`condition ${index}`, 100)
  const condition = CONDITIONS.find(([until]) => die < until)?.[1] ?? 'healthy'
  const version = ['1.4.0', '1.4.1', '1.4.1', '1.4.1', '1.3.8'][dieOf(`version ${index}`, 5)] ?? '1.4.1'
  const name = `${ROOMS[index % ROOMS.length]} ${String(100 + Math.floor(index / ROOMS.length)).padStart(4, '0')}`
  const silent = condition === 'silent' ? { silentFor: `${1 + dieOf(`silent ${index}`, 90)}h` } : {}
  return {
    name,
    customer: customers[dieOf(`of ${index}`, customers.length)] ?? '',
    version,
    condition,
    step: 5,
    standing: 'to_come',
    remembers: 0,
    ...silent,
  }
}

/** One that never called knows nothing yet. */
function settle(installation: Installation, { condition }: Spec): Installation {
  if (condition !== 'never') return installation
  const nothing = { version: null, releaseId: null, health: 'unknown' as const, healthySince: null, reports: [], outcomes: [] }
  return { ...installation, ...nothing }
}

function inquiries({ installations }: World, customers: string[]) {
  return Array.from({ length: INQUIRIES }, (_, index) => {
    const told = {
      id: `INQ-${1900 - index}`,
      title: `Label printer ${index + 1} is quiet`,
      text: 'It was fine yesterday.',
      about: [],
    }
    const closedAt = index < 60 ? null : ago(`${index}h`)
    const standing = closedAt === null ? {} : { status: 'closed' as const, closedAt, changedAt: closedAt, waitsSince: null }
    return asked(
      installations,
      { ...told, customer: customers[index % customers.length] ?? '', asked: `${index + 3}h` },
      standing,
    )
  })
}
