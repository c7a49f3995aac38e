// All installations in the memory of this process, as lean as can be: every check-in is answered from here.
import type { Minute } from '#platform/http/rate-counter'
import type { StoredInstallation } from '../installation.ts'
import type { Proof } from '../proofs/proven-token.ts'
import { createStandings, type Standing, textOfStanding } from './standing.ts'

/**
 * There may be a million of these: what many have in common is shared, nothing is a Date, and what a poll must remember
 * (the proof of its token, the count of its minute) lies here, where it was looked up already, and not in a map of its own.
 */
export interface RosterEntry extends Minute {
  readonly id: string
  standing: Standing
  /** The run of its agent that spoke last; null before the first. */
  instance: string | null
  isCopied: boolean
  revision: number
  /** 0: never. */
  lastSeenMs: number
  /** Waits to be written that it was seen. */
  isSeenUnsaved: boolean
  /** The release that it was offered last by this process. */
  offeredReleaseId: string | null
  proof: Proof | null
}

/** What the roster takes of a row. */
export interface RosterRow {
  id: string
  revision: number
  instance: string | null
  isCopied: boolean
  lastSeenMs: number
  /** By `textOfStanding`. */
  standing: string
}

export interface Roster {
  /** The entry itself, to compare with and to note in: it stays the same object as long as the process lives. */
  entry(id: string): RosterEntry | undefined
  /** Takes what was committed; an older version of a row never replaces a newer one. */
  put(installation: StoredInstallation): void
  putRow(row: RosterRow): void
  count(): number
}

export function createRoster(): Roster {
  const entries = new Map<string, RosterEntry>()
  const standingOf = createStandings()

  function putRow(row: RosterRow) {
    const { id, revision, instance, isCopied, lastSeenMs } = row
    const known = entries.get(id)
    if (!known) return void entries.set(id, newEntry(row, standingOf(row.standing)))
    known.lastSeenMs = Math.max(known.lastSeenMs, lastSeenMs)
    if (known.revision > revision) return undefined
    known.standing = standingOf(row.standing)
    known.instance = instance
    known.isCopied = isCopied
    known.revision = revision
  }

  return {
    entry: (id) => entries.get(id),
    put: (installation) => putRow(toRow(installation)),
    putRow,
    count: () => entries.size,
  }
}

function newEntry({ id, revision, instance, isCopied, lastSeenMs }: RosterRow, standing: Standing): RosterEntry {
  return {
    id,
    standing,
    instance,
    isCopied,
    revision,
    lastSeenMs,
    isSeenUnsaved: false,
    offeredReleaseId: null,
    proof: null,
    minuteEndsMs: 0,
    minuteCount: 0,
  }
}

function toRow(installation: StoredInstallation): RosterRow {
  const { id, revision, instance, copiedAt, lastSeenAt } = installation
  const standing = textOfStanding(installation)
  return { id, revision, instance, isCopied: copiedAt !== null, lastSeenMs: lastSeenAt?.getTime() ?? 0, standing }
}
