// Throws away what time has ended: sessions, links and challenges that nobody used.
import type { Clock } from '#platform/clock'
import type { Db } from '#platform/db'
import { type Worker, worker } from '#platform/jobs'
import { removeExpired } from './expired-store.ts'

declare module '#platform/jobs' {
  interface Queues {
    'identity-forget-expired': object
  }
}

export function forgetExpired({ db, clock }: { db: Db; clock: Clock }): Worker {
  return worker({
    queue: 'identity-forget-expired',
    retry: { limit: 2, delaySeconds: 60, maxDelaySeconds: 600 },
    schedule: '41 3 * * *',
    handle: () => removeExpired(db, clock.now()),
  })
}
