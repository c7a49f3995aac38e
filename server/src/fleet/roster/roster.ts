// All installations in the memory of this process, as lean as can be: every check-in is answered from here.
import type { Installation, StoredInstallation } from '../installation.ts'

/** Dates are numbers and equal texts are one text: there may be a million of these. */
export interface RosterEntry extends Omit<Installation, 'healthySince' | 'copiedAt' | 'enrolledAt' | 'lastSeenAt'> {
  healthySinceMs: number | null
  copiedAtMs: number | null
  enrolledAtMs: number
  lastSeenMs: number | null
  /** The run of its agent that spoke last; null before the first. */
  instance: string | null
  revision: number
  /** The release that it was offered last by this process. */
  offeredReleaseId: string | null
}

export interface Roster {
  /** The entry itself, to compare with and to note in: a check-in makes nothing that must be thrown away. */
  entry(id: string): RosterEntry | undefined
  /** Takes what was committed; an older version of a row never replaces a newer one. */
  put(installation: StoredInstallation): void
  count(): number
}

const NOTHING: string[] = []
const MAX_TEXTS = 50_000

export function createRoster(): Roster {
  const entries = new Map<string, RosterEntry>()
  const one = createTexts()

  return {
    entry: (id) => entries.get(id),
    put(installation) {
      const before = entries.get(installation.id)
      if (before && before.revision > installation.revision) return
      entries.set(installation.id, toEntry(installation, { before, one }))
    },
    count: () => entries.size,
  }
}

/** Gives the same text for equal texts. Versions come from outside, so it forgets all before it grows without end. */
function createTexts() {
  const texts = new Map<string, string>()
  return <T extends string | null>(text: T): T => {
    if (text === null) return text
    const known = texts.get(text)
    // What was stored under a text is equal to it, and so of its type.
    if (known !== undefined) return known as T
    if (texts.size >= MAX_TEXTS) texts.clear()
    texts.set(text, text)
    return text
  }
}

function toEntry(
  row: StoredInstallation,
  { before, one }: { before: RosterEntry | undefined; one: ReturnType<typeof createTexts> },
): RosterEntry {
  const seenMs = Math.max(before?.lastSeenMs ?? 0, row.lastSeenAt?.getTime() ?? 0)
  return {
    id: row.id,
    organisationId: one(row.organisationId),
    productId: one(row.productId),
    channel: one(row.channel),
    name: row.name,
    platform: one(row.platform),
    arch: one(row.arch),
    state: row.state,
    version: one(row.version),
    releaseId: one(row.releaseId),
    health: row.health,
    healthySinceMs: row.healthySince?.getTime() ?? null,
    refusedReleaseIds: row.refusedReleaseIds.length === 0 ? NOTHING : row.refusedReleaseIds.map((id) => one(id)),
    copiedAtMs: row.copiedAt?.getTime() ?? null,
    enrolledAtMs: row.enrolledAt.getTime(),
    lastSeenMs: seenMs === 0 ? null : seenMs,
    instance: row.instance,
    revision: row.revision,
    offeredReleaseId: before?.offeredReleaseId ?? null,
  }
}
