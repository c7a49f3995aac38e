// A Fairway that was set up a minute ago.
import { HOME, MEMBERS, STAFF } from '../personas.ts'
import { nowIso } from '../times.ts'
import type { World } from '../world.ts'
import { sessions } from './settings.ts'

export function empty(): World {
  return {
    startedAt: nowIso(),
    isStill: false,
    isFailing: false,
    vendor: { name: 'Fairway' },
    ...{
      organisations: [],
      staff: structuredClone(STAFF),
      members: [],
      invitations: [],
      tokens: new Map(),
      sessions: sessions().slice(0, 1),
    },
    ...{
      mails: [],
      parked: [],
      products: [],
      entitlements: [],
      releases: [],
      rollouts: [],
      installations: new Map(),
    },
    ...{
      inquiries: [],
      knownErrors: [],
      enrolments: [],
      uploads: new Map(),
      log: [],
      listeners: new Set(),
    },
  }
}

/** As a customer finds it who was invited before anything else was there. */
export function emptyForCustomer(): World {
  const organisations = [{ ...HOME, createdAt: nowIso(), archivedAt: null }]
  return { ...empty(), vendor: { name: 'Varnhold' }, organisations, members: structuredClone(MEMBERS) }
}
