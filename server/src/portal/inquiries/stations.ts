// The five stations of an inquiry, from the question to the proof: which are reached, since when, and what is awaited now.
import type { Reason } from '../closing/judge-inquiry.ts'

export const STATIONS = ['reported', 'cause', 'fix', 'installed', 'healthy'] as const
export const STATION_STATES = ['done', 'now', 'to_come'] as const

export interface Station {
  station: (typeof STATIONS)[number]
  state: (typeof STATION_STATES)[number]
  at: Date | null
  version: string | null
  detail: { installation?: string; knownError?: string } | null
}

/** An installation that runs the fix. */
export interface Arrived {
  name: string
  version: string
  /** Null while it is not healthy: then nobody has kept when the version came. */
  since: Date | null
}

export interface StationFacts {
  createdAt: Date
  /** The known error that it was tied to; without its id where the reader may not see it. */
  cause: { knownErrorId: string | undefined; at: Date | null } | null
  /** The published release that mends it, as far as it is believed. */
  fix: { version: string; publishedAt: Date | null } | null
  /** What the watch saw last: a reason to wait, `fixed`, `nothing_to_fix`, or empty before its first look. */
  because: string
  /** Those that run the fix, where all do. */
  arrived: Arrived[]
  /** Names of those that do not run it yet, as far as they are kept. */
  awaited: string[]
  closed: { at: Date; byItself: boolean } | null
}

/** All affected installations run the fix; some have to prove it still. */
const ON_ALL: readonly string[] = ['not_healthy', 'healthy_before_reopening', 'proving'] satisfies Reason[]

export function isOnAll(because: string) {
  return ON_ALL.includes(because)
}

export function stationsOf(facts: StationFacts): Station[] {
  const { cause, fix, because, closed } = facts
  const isProven = closed?.byItself === true
  const reached = [true, cause !== null, fix !== null, isProven || isOnAll(because), isProven]
  const first = reached.indexOf(false)
  const done = first === -1 ? STATIONS.length : first
  // A person closed it, or none of the installations can ever prove it: nothing goes on by itself.
  const goesOn = closed === null && because !== 'nothing_to_fix'
  return STATIONS.map((station, at) => {
    const state = at < done ? 'done' : at === done && goesOn ? 'now' : 'to_come'
    return { station, state, ...(state === 'done' ? REACHED[station](facts) : awaitedAt(station, state, facts)) }
  })
}

type Rest = Omit<Station, 'station' | 'state'>

const NOTHING: Rest = { at: null, version: null, detail: null }

const REACHED: Record<Station['station'], (facts: StationFacts) => Rest> = {
  reported: ({ createdAt }) => ({ ...NOTHING, at: createdAt }),
  cause: ({ cause }) => ({
    ...NOTHING,
    at: cause?.at ?? null,
    detail: cause?.knownErrorId === undefined ? null : { knownError: cause.knownErrorId },
  }),
  fix: ({ fix }) => ({ ...NOTHING, at: fix?.publishedAt ?? null, version: fix?.version ?? null }),
  installed: ({ arrived }) => {
    const last = lastOf(arrived)
    return { at: last?.since ?? null, version: last?.version ?? null, detail: last ? { installation: last.name } : null }
  },
  healthy: ({ arrived, closed }) => ({ ...NOTHING, at: closed?.at ?? null, version: lastOf(arrived)?.version ?? null }),
}

function awaitedAt(station: Station['station'], state: Station['state'], { fix, awaited }: StationFacts): Rest {
  if (state !== 'now' || (station !== 'installed' && station !== 'healthy')) return NOTHING
  const [name, ...more] = awaited
  return {
    at: null,
    version: fix?.version ?? null,
    detail: name !== undefined && more.length === 0 ? { installation: name } : null,
  }
}

/** The one that came last; one that is not healthy has no time and counts as last. */
function lastOf(arrived: Arrived[]) {
  return arrived.find((one) => one.since === null) ?? arrived.toSorted((a, b) => timeOf(b) - timeOf(a))[0]
}

function timeOf({ since }: Arrived) {
  return since?.getTime() ?? 0
}
