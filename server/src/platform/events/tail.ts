// Follows the log in each process: hands every new event, in commit order, to what lives in memory (live updates, snapshots, loops).
import { Client } from 'pg'
import { createBackground } from '../background.ts'
import type { Db } from '../db.ts'
import { LOG_CHANNEL } from '../events.ts'
import type { Log } from '../log.ts'
import { endOfLog, isSettled, type LogEntry, type Position, readLog } from './log-store.ts'

export type Follower = (entries: LogEntry[]) => void

export interface Tail {
  start(): Promise<void>
  /** Called with each batch of new events; must not throw. Returns how to stop. */
  follow(follower: Follower): () => void
  stop(): Promise<void>
}

/** Read at the latest this often, for notifications that were lost with a connection. */
const SWEEP_MS = 1000
/** How long to wait for a transaction that commits out of order before looking again. */
const UNSETTLED_MS = 15
const BATCH = 500

export function createTail({ db, connectionString, log }: { db: Db; connectionString: string; log: Log }): Tail {
  const followers = new Set<Follower>()
  let position: Position | undefined
  let awaited: string | undefined

  const reader = createBackground({
    failure: 'the log could not be read; trying again',
    log,
    afterFailureMs: SWEEP_MS,
    async run() {
      position ??= await endOfLog(db)
      // Asked before reading: what is settled now is in what is read next.
      const heard = awaited
      const isComplete = heard === undefined || (await isSettled(db, heard))
      const entries = await readLog(db, position, { limit: BATCH })
      position = entries.at(-1)?.position ?? position
      if (entries.length > 0) for (const follower of followers) follower(entries)
      if (isComplete && awaited === heard) awaited = undefined
      const isMoreWaiting = awaited !== undefined || entries.length === BATCH
      return { done: entries.length, againInMs: isMoreWaiting ? UNSETTLED_MS : SWEEP_MS }
    },
  })
  const listener = createListener(connectionString, log, (transaction) => {
    awaited = transaction
    reader.wake()
  })

  return {
    async start() {
      position = await endOfLog(db)
      await listener.start()
      reader.wake()
    },
    follow(follower) {
      followers.add(follower)
      return () => void followers.delete(follower)
    },
    async stop() {
      await listener.stop()
      await reader.stop()
    },
  }
}

/** Listens on a connection of its own; opens another one when that breaks. Meanwhile the sweep reads. */
function createListener(connectionString: string, log: Log, heard: (transaction: string) => void) {
  let client: Client | undefined
  let isStopped = false
  let again: NodeJS.Timeout | undefined

  async function start(): Promise<void> {
    if (isStopped) return
    const next = new Client({
      connectionString,
      application_name: 'fairway tail',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    })
    next.on('notification', ({ payload }) => void (payload !== undefined && heard(payload)))
    next.on('error', (error) => log.warn({ err: error }, 'not listening to PostgreSQL; reading the log each second'))
    next.on('end', () => {
      if (!isStopped) again = setTimeout(() => void start(), SWEEP_MS)
    })
    client = next
    try {
      await next.connect()
      await next.query(`listen ${LOG_CHANNEL}`)
    } catch {
      // Heard as an error above; the end of this connection starts the next one.
      await next.end().catch(() => undefined)
    }
  }

  return {
    start,
    async stop() {
      isStopped = true
      clearTimeout(again)
      await client?.end().catch(() => undefined)
    },
  }
}
