// The installations of the design's mock-ups by name, and those that are only there to be many: what runs where, and how.
import { dieOf } from '../dice.ts'
import type { Condition, Standing } from '../world.ts'

export interface Spec {
  id?: string
  name: string
  customer: string
  version: string
  condition: Condition
  /** Step of the rollout of 1.4.2 that takes it, from 1, and how it stands there. */
  step: number
  standing: Standing
  /** How long it has not been heard. */
  silentFor?: string
  /** Since when it runs that version; otherwise it follows from the step. */
  since?: string
  /** How many updates before are still known; two. */
  remembers?: number
}

type Place = [customer: string, name: string, version: string]
type Stand = Pick<Spec, 'condition' | 'step' | 'standing'>

function spec([customer, name, version]: Place, stand: Stand, more: Partial<Spec> = {}): Spec {
  return { name, customer, version, ...stand, ...more }
}

const LATER = { step: 5, standing: 'to_come' } as const
const AT_IT = { condition: 'updating', step: 4, standing: 'updating' } as const
const UNHEARD = { condition: 'silent', step: 4, standing: 'silent' } as const
const WAITS = { condition: 'degraded', step: 4, standing: 'waiting' } as const

export const NAMED: Spec[] = [
  spec(['Ellerby Pharma', 'Packing line 2', '1.4.1'], { condition: 'failing', step: 4, standing: 'failed' }),
  spec(['Tarnwick Foods', 'Yard control', '1.4.1'], { condition: 'failing', ...LATER }),
  spec(['Sandholt Parcel', 'Depot Sandholt', '1.4.1'], WAITS, { id: 'in_4xw9pa' }),
  spec(['Osterkamp Cold Chain', 'Cold store 1', '1.4.1'], { condition: 'degraded', ...LATER }),
  spec(['Osterkamp Cold Chain', 'Cold store 4', '1.4.1'], { condition: 'degraded', ...LATER }),
  spec(['Ravensfjord Shipping', 'Pier 3 office', '1.4.0'], { condition: 'degraded', ...LATER }),
  spec(['Morrowdale Retail', 'Returns hall', '1.4.1'], WAITS),
  spec(['Ravensfjord Shipping', 'Mobile unit 7', '1.4.0'], UNHEARD, { silentFor: '6h 12m' }),
  spec(['Ravensfjord Shipping', 'Ferry Astrid', '1.3.8'], UNHEARD, { silentFor: '2d 4h' }),
  spec(['Pellmore Dairies', 'Barn office', '1.4.1'], UNHEARD, { silentFor: '3d' }),
  spec(['Osterkamp Cold Chain', 'Cold store 9', '1.4.1'], UNHEARD, { silentFor: '1h 40m' }),
  spec(['Morrowdale Retail', 'Kiosk hall 2', '1.4.0'], { condition: 'silent', ...LATER }, { silentFor: '52m' }),
  spec(['Halvik Freight', 'Quay tablet rack', '1.4.1'], { condition: 'silent', ...LATER }, { silentFor: '38m' }),
  spec(['Ellerby Pharma', 'Archive server', '1.3.8'], { condition: 'silent', ...LATER }, { silentFor: '9d' }),
  spec(['Kestrup Timber', 'Saw line', '1.4.1'], AT_IT),
  spec(['Sandholt Parcel', 'Sorting east', '1.4.1'], AT_IT),
  spec(['Halvik Freight', 'Crossdock Halvik', '1.4.1'], AT_IT),
  spec(['Pellmore Dairies', 'Milk tanks', '1.4.1'], AT_IT),
  spec(['Tarnwick Foods', 'Fish hall', '1.4.1'], AT_IT),
  spec(['Halvik Freight', 'Terminal North', '1.4.1'], AT_IT),
  spec(['Kestrup Timber', 'Depot Kestrup', '1.4.0'], { condition: 'healthy', step: 2, standing: 'failed' }),
  spec(['Morrowdale Retail', 'Distribution A', '1.4.2'], { condition: 'healthy', step: 3, standing: 'healthy' }),
  spec(['Ellerby Pharma', 'Lab store', '1.4.1'], { condition: 'healthy', ...LATER }),
  spec(['Brennmoor Logistics', 'Nordhafen warehouse', '1.4.1'], { condition: 'healthy', ...LATER }, { id: 'in_8fk2m4' }),
  spec(
    ['Brennmoor Logistics', 'Südtor warehouse', '1.4.2'],
    { condition: 'healthy', step: 4, standing: 'healthy' },
    { since: '2h 15m' },
  ),
]

/** How many more of each there are: together with the named ones, 6, 25, 47, 78 and 156 of 312. */
const MORE: { step: number; standing: Standing; version: string; count: number }[] = [
  { step: 1, standing: 'healthy', version: '1.4.2', count: 6 },
  { step: 2, standing: 'healthy', version: '1.4.2', count: 24 },
  { step: 3, standing: 'healthy', version: '1.4.2', count: 46 },
  { step: 4, standing: 'healthy', version: '1.4.2', count: 37 },
  { step: 4, standing: 'waiting', version: '1.4.1', count: 23 },
  { step: 4, standing: 'waiting', version: '1.4.0', count: 4 },
  { step: 5, standing: 'to_come', version: '1.4.1', count: 131 },
  { step: 5, standing: 'to_come', version: '1.4.0', count: 14 },
  { step: 5, standing: 'to_come', version: '1.3.6', count: 1 },
  { step: 5, standing: 'to_come', version: '1.2.9', count: 1 },
]

const PLACES = [
  'Depot',
  'Loading bay',
  'Packing line',
  'Yard office',
  'Sorting hall',
  'Gate house',
  'Workshop',
  'Weigh station',
  'Cold room',
  'Dispatch',
]
/** Each gets about as many as the others, but the one whose number the mock-ups tell. */
const BIG = [
  'Ellerby Pharma',
  'Osterkamp Cold Chain',
  'Halvik Freight',
  'Tarnwick Foods',
  'Morrowdale Retail',
  'Ravensfjord Shipping',
  'Pellmore Dairies',
  'Kestrup Timber',
  'Grauholt Paper',
  'Lindmere Ports',
  'Averstone Steel',
]
const OF_SANDHOLT = 7

export const UNNAMED: Spec[] = MORE.flatMap(({ count, ...stand }) =>
  Array.from({ length: count }, (_, index) => ({ ...stand, condition: 'healthy' as const, index })),
).map(({ index: _index, ...stand }, at) => {
  // Numbers of two digits that are no name of the mock-ups.
  const name = `${PLACES[at % PLACES.length]} ${11 + Math.floor(at / PLACES.length)}`
  const customer = at % 40 === 3 && at < OF_SANDHOLT * 40 ? 'Sandholt Parcel' : BIG[dieOf(`of ${at}`, BIG.length)]!
  return { ...stand, name, customer }
})
