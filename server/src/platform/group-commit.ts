// Many callers, one transaction: whatever arrived while the last batch was being written is committed together.
import { DatabaseError } from 'pg'
import { Refusal } from './errors.ts'
import type { Log } from './log.ts'

export interface GroupCommit<Item> {
  /** Resolves when the item is durable, rejects when it is not. Items are written in the order of their arrival. */
  save(item: Item): Promise<void>
  /** Resolves when nothing is waiting any more. */
  drained(): Promise<void>
}

export interface GroupCommitOptions<Item> {
  /** Begins the codes of its refusals: `<name>.not_durable`, `<name>.overloaded`. */
  name: string
  log: Log
  /** Writes all of them in one transaction, or none. */
  write(items: Item[]): Promise<void>
  maxBatch?: number
  maxWaiting?: number
}

interface Waiting<Item> {
  item: Item
  resolve: () => void
  reject: (error: unknown) => void
}

export function createGroupCommit<Item>(options: GroupCommitOptions<Item>): GroupCommit<Item> {
  const { name, maxBatch = 500, maxWaiting = 10_000 } = options
  let waiting: Waiting<Item>[] = []
  let writing: Promise<void> | undefined

  async function writeAll() {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, maxBatch)
      waiting = waiting.slice(maxBatch)
      await writeBatch(batch, options)
    }
    // In the same breath as the last look: a moment later somebody could join a writer that is gone.
    writing = undefined
  }

  return {
    save(item) {
      if (waiting.length >= maxWaiting) {
        return Promise.reject(
          new Refusal('unavailable', `${name}.overloaded`, 'Too much is waiting to be written. Try again in a minute.'),
        )
      }
      return new Promise<void>((resolve, reject) => {
        waiting.push({ item, resolve, reject })
        // Begun a moment later, so that what one turn of the event loop brings is one batch.
        writing ??= Promise.resolve().then(writeAll)
      })
    },
    async drained() {
      // It ends only when nothing is left, and what comes meanwhile joins it.
      await writing
    },
  }
}

async function writeBatch<Item>(batch: Waiting<Item>[], options: GroupCommitOptions<Item>): Promise<void> {
  try {
    await options.write(batch.map(({ item }) => item))
    for (const { resolve } of batch) resolve()
  } catch (error) {
    if (isOfTheDatabase(error)) return refuse(batch, error, options)
    // One of them is wrong: its neighbours must not suffer, and its own caller gets the true error, since repeating it would not help.
    const [only] = batch
    if (batch.length === 1) return only?.reject(error)
    for (const one of batch) await writeBatch([one], options)
  }
}

function refuse<Item>(batch: Waiting<Item>[], error: unknown, { name, log }: GroupCommitOptions<Item>) {
  log.warn({ err: error, writer: name, items: batch.length }, 'a batch could not be written; its senders were told so')
  const refusal = new Refusal(
    'unavailable',
    `${name}.not_durable`,
    'This could not be stored just now. Send it again in a minute.',
  )
  for (const { reject } of batch) reject(refusal)
}

/** Whether it failed because of the database and not because of what was to be written (PostgreSQL, Appendix A, classes of SQLSTATE). */
function isOfTheDatabase(error: unknown) {
  if (error instanceof DatabaseError) return /^(08|25|53|55|57|58|XX)/.test(error.code ?? 'XX')
  // A mistake of ours is thrown as one of these; a lost connection as a plain Error.
  return !(error instanceof TypeError || error instanceof RangeError || error instanceof Refusal)
}
