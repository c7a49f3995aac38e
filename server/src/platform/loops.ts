// Advances what takes hours or weeks: rows with a state, `next_at`, a lease and an epoch, claimed by any process and advanced one short transition at a time.
import { type RawBuilder, sql } from 'kysely'
import { createBackground } from './background.ts'
import { after, type Clock } from './clock.ts'
import type { Db } from './db.ts'
import type { Log } from './log.ts'

/** A row that this process may advance; the transition must write only `where epoch = …`, so that a late process can do no harm. */
export interface Claim {
  id: string
  epoch: number
}

export interface Loop {
  name: string
  /** Takes due rows (see `claimDue`). */
  claim(now: Date, limit: number): Promise<Claim[]>
  /** One transition: short, idempotent, fenced by the epoch; sets the next `next_at` and frees the lease. */
  advance(claim: Claim): Promise<void>
  /** When the next row is due, or undefined where none waits. */
  nextDueAt(): Promise<Date | undefined>
}

export interface Loops {
  wake(): void
  /** Advances everything that is due now; returns how many transitions were made. */
  runDue(): Promise<number>
  stop(): Promise<void>
}

/** How long what a killed process had in hand waits for another. A transition is far shorter, and one that is not is fenced by its epoch. */
const LEASE_MS = 10_000
const BATCH = 50
/** Rows of other processes, and clocks that were moved, are noticed after this time. */
const SWEEP_MS = 5000

/** Claims due rows of a table that has `id`, `next_at`, `lease_until` and `epoch`; only its module's store may call this. */
export async function claimDue(
  db: Db,
  table: RawBuilder<unknown>,
  { now, limit }: { now: Date; limit: number },
): Promise<Claim[]> {
  const { rows } = await sql<Claim>`
    update ${table} set lease_until = ${after(now, LEASE_MS)}, epoch = epoch + 1
    where id in (
      select id from ${table} where next_at <= ${now} and (lease_until is null or lease_until < ${now})
      order by next_at for update skip locked limit ${limit})
    returning id, epoch`.execute(db)
  return rows
}

export async function nextDueOf(db: Db, table: RawBuilder<unknown>): Promise<Date | undefined> {
  const { rows } = await sql<{
    at: Date | null
  }>`select min(greatest(next_at, coalesce(lease_until, next_at))) as at from ${table} where next_at is not null`.execute(db)
  return rows[0]?.at ?? undefined
}

export function createLoops({ clock, log, loops }: { clock: Clock; log: Log; loops: Loop[] }): Loops {
  async function runLoop(loop: Loop, stopping: AbortSignal) {
    let made = 0
    for (;;) {
      const claims = stopping.aborted ? [] : await loop.claim(clock.now(), BATCH)
      for (const claim of claims) {
        // What is left keeps its lease, and is made by whoever is there when that ends.
        if (stopping.aborted) return made
        // A transition that fails keeps its lease, and so is tried again when the lease ends.
        await loop
          .advance(claim)
          .catch((error: unknown) =>
            log.error({ err: error, loop: loop.name, id: claim.id }, 'a transition failed; it is tried again'),
          )
      }
      made += claims.length
      if (claims.length < BATCH) return made
    }
  }

  async function msToNext() {
    const dates = await Promise.all(loops.map((loop) => loop.nextDueAt()))
    const waits = dates.filter((date) => date !== undefined).map((date) => date.getTime() - clock.now().getTime())
    return Math.max(20, Math.min(SWEEP_MS, ...waits))
  }

  const {
    run: runDue,
    wake,
    stop,
  } = createBackground({
    failure: 'loops could not run; trying again',
    log,
    afterFailureMs: SWEEP_MS,
    async run(stopping) {
      let done = 0
      for (const loop of loops) done += await runLoop(loop, stopping)
      return { done, againInMs: await msToNext() }
    },
  })
  return { runDue, wake, stop }
}
