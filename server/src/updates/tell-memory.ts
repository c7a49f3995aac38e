// Says in the metrics that polls are answered from memory alone, because PostgreSQL cannot be asked.
import { gauge } from '#platform/metrics'
import type { UpdatesDeps } from './deps.ts'

/** It is asked twice a second; a few answers may come late. */
const AWAY_AFTER_MS = 3000

export function tellMemory({ fleet, metrics }: Pick<UpdatesDeps, 'fleet' | 'metrics'>) {
  gauge(metrics, {
    name: 'updates_from_memory',
    help: '1 while PostgreSQL cannot be asked and polls are answered by what was known before, else 0.',
    read: () => (fleet.memoryAgeMs() > AWAY_AFTER_MS ? 1 : 0),
  })
}
