// Takes a file into the store and writes down what refers to it, so that the sweep can never come in between.
import { setTimeout } from 'node:timers/promises'
import { after, type Clock } from '#platform/clock'
import type { Db, Tx } from '#platform/db'
import { Refusal } from '#platform/errors'
import { enterContent, GOING_SECONDS, holdContent } from './content-ledger-store.ts'
import type { Content, ContentStore } from './content-store.ts'

const HOLD_MS = 24 * 3_600_000
const LOOK_AGAIN_MS = 100

export interface KeepDeps {
  db: Db
  clock: Clock
  contents: ContentStore
}

/** Before this, a content is kept though nothing refers to it. */
export const heldUntil = (clock: Clock) => after(clock.now(), HOLD_MS)

/**
 * @param write writes what refers to the content; its transaction is the one that holds the content. Runs again where a take outlasted
 * the time for which a content is held.
 */
export async function keepContent<Result>(
  deps: KeepDeps,
  { file, content }: { file: string; content: Pick<Content, 'sha256' | 'size'> },
  write: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const { db, clock, contents } = deps
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await enter(deps, content)
    await contents.take(file, content)
    const kept = await db.transaction().execute(async (tx) => {
      const isHeld = await holdContent(tx, content.sha256, heldUntil(clock))
      return isHeld ? { result: await write(tx) } : undefined
    })
    if (kept) return kept.result
  }
  throw new Refusal('unavailable', 'storage.busy', 'The same content is being taken away again and again. Try again in a minute.')
}

/** Waits while somebody takes the same content away: a moment, or where he was killed until his time is over. */
async function enter({ db, clock }: KeepDeps, content: Pick<Content, 'sha256' | 'size'>) {
  for (let waitedMs = 0; waitedMs < (GOING_SECONDS + 5) * 1000; waitedMs += LOOK_AGAIN_MS) {
    if (await enterContent(db, content, heldUntil(clock))) return
    await setTimeout(LOOK_AGAIN_MS)
  }
  throw new Refusal('unavailable', 'storage.busy', 'The same content is just being taken away. Try again in a minute.')
}
