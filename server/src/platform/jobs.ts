// One-shot work (a mail, a clean-up): pg-boss jobs, enqueued in the transaction that caused them, run at least once by any process.
import { fromKysely, PgBoss } from 'pg-boss'
import type { Tx } from './db.ts'
import type { Log } from './log.ts'
import { hearLateErrors } from './postgres/late-errors.ts'

/** Name → data of each queue. Modules add theirs by declaration merging. */
// oxlint-disable-next-line typescript/no-empty-interface
export interface Queues {}

export interface Retry {
  limit: number
  /** Seconds before the first repetition; doubled each time. */
  delaySeconds: number
  maxDelaySeconds: number
}

export interface Worker<Name extends keyof Queues = keyof Queues> {
  queue: Name
  retry: Retry
  /** A cron line (UTC) for work that nobody orders. */
  schedule?: string
  /** Idempotent: a job whose worker died comes again. */
  handle(data: Queues[Name], job: { id: string }): Promise<void>
}

export interface Jobs {
  /** Makes pg-boss's own schema; called under the lock of the migrator. */
  migrate(): Promise<void>
  start(workers: Worker[]): Promise<void>
  send<Name extends keyof Queues>(tx: Tx, queue: Name, data: Queues[Name]): Promise<void>
  stop(): Promise<void>
}

/** Types of the table of workers: pairs a queue with its data. */
export function worker<Name extends keyof Queues>(definition: Worker<Name>): Worker {
  // pg-boss hands each worker only the data of its own queue.
  return definition as unknown as Worker
}

export function createJobs({ connectionString, log }: { connectionString: string; log: Log }): Jobs {
  // A worker killed with -9 is noticed within about twelve seconds (measured, research: T9).
  const options = {
    connectionString,
    schema: 'jobs',
    max: 3,
    useListenNotify: true,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
  }
  let boss: PgBoss | undefined

  return {
    async migrate() {
      const migrator = new PgBoss({ ...options, max: 1, supervise: false, schedule: false, useListenNotify: false })
      await migrator.start()
      await migrator.stop({ graceful: false, close: true })
    },
    async start(workers) {
      hearLateErrors()
      boss = new PgBoss({ ...options, migrate: false })
      boss.on('error', (error) => log.warn({ err: error }, 'the job queue has a problem'))
      await boss.start()
      for (const definition of workers) await startWorker(boss, definition)
    },
    async send(tx, queue, data) {
      if (!boss) throw new Error('Jobs were sent before they were started.')
      await boss.send(queue, data, { db: fromKysely(tx) })
    },
    async stop() {
      await boss?.stop({ graceful: true, timeout: 10_000, close: true })
      boss = undefined
    },
  }
}

async function startWorker(boss: PgBoss, { queue, retry, schedule, handle }: Worker) {
  const settings = {
    notify: true,
    retryLimit: retry.limit,
    retryDelay: retry.delaySeconds,
    retryBackoff: true,
    retryDelayMax: retry.maxDelaySeconds,
    heartbeatSeconds: 10,
    expireInSeconds: 300,
  }
  await boss.createQueue(queue, settings)
  await boss.updateQueue(queue, settings)
  if (schedule) await boss.schedule(queue, schedule)
  await boss.work(queue, { batchSize: 1, notifyPollingIntervalSeconds: 2 }, async ([job]) => {
    // The data was written by send(), whose types pair queue and data.
    if (job) await handle(job.data as never, { id: job.id })
  })
}
