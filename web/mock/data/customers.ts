// The customers of the vendor, and what they may fetch.
import type { Schemas } from '@fairway/client'
import { ago } from '../times.ts'
import { HOME } from '../personas.ts'
import { GATE, SERVER } from './products.ts'

const NAMES = [
  'Sandholt Parcel',
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

export function customers(): Schemas['Organisation'][] {
  const home = { ...HOME, createdAt: ago('400d'), archivedAt: null }
  return [home, ...NAMES.map((name, index) => customer(name, `${380 - index * 20}d`))]
}

export function customer(name: string, since: string): Schemas['Organisation'] {
  return { id: organisationId(name), name, language: 'en', createdAt: ago(since), archivedAt: null }
}

/** `org_sandholt` */
export function organisationId(name: string) {
  const words = name.toLowerCase().split(' ')
  return words[0] === 'brennmoor' ? HOME.id : `org_${words.slice(0, words.length > 2 ? 3 : 1).join('')}`
}

export function entitlements(organisations: Schemas['Organisation'][]): Schemas['Entitlement'][] {
  return organisations.flatMap(({ id }) => {
    const stable = { organisationId: id, productId: SERVER, channel: 'stable' }
    if (id !== HOME.id) return [stable]
    return [stable, { ...stable, channel: 'beta' }, { ...stable, productId: GATE }]
  })
}

export function contactsOf(organisations: Schemas['Organisation'][]): Schemas['Member'][] {
  return organisations
    .filter(({ id }) => id !== HOME.id)
    .flatMap(({ id }) => [
      {
        id: id.replace('org_', 'pe_lead'),
        name: 'Shift lead',
        email: `shift-lead@${id.slice(4)}.example`,
        organisationId: id,
        role: 'manager' as const,
      },
      {
        id: id.replace('org_', 'pe_clerk'),
        name: 'Dispatcher',
        email: `dispatcher@${id.slice(4)}.example`,
        organisationId: id,
        role: 'member' as const,
      },
    ])
}
