// Removes what has served its time: used nonces, and enrolments whose hour is long over.
import { after } from '#platform/clock'
import { worker } from '#platform/jobs'
import type { FleetParts } from './deps.ts'
import { removeExpiredEnrolments } from './enrolments/enrolment-store.ts'
import { removeExpiredNonces } from './proofs/nonce-store.ts'

/** More than the clocks of two processes can differ: a nonce must not be forgotten while one of them believes it. */
const NONCE_KEPT_MS = 600_000
const ENROLMENT_KEPT_MS = 7 * 86_400_000

declare module '#platform/jobs' {
  interface Queues {
    'fleet-forget-old': object
  }
}

export async function forgetOld({ db, clock }: Pick<FleetParts, 'db' | 'clock'>) {
  await removeExpiredNonces(db, after(clock.now(), -NONCE_KEPT_MS))
  await removeExpiredEnrolments(db, after(clock.now(), -ENROLMENT_KEPT_MS))
}

export function forgetOldWorker(parts: Pick<FleetParts, 'db' | 'clock'>) {
  return worker({
    queue: 'fleet-forget-old',
    retry: { limit: 2, delaySeconds: 60, maxDelaySeconds: 600 },
    schedule: '*/10 * * * *',
    handle: () => forgetOld(parts),
  })
}
