// What a reopened inquiry needs before it may close by itself again.
import type { Closing } from '../inquiries/inquiry.ts'
import type { Watch } from './watch.ts'

/**
 * Health that began before the reopening proves nothing any more.
 * @param disproved the closing that turned out wrong: its releases count as fixes no longer, or the inquiry would close and open in turns.
 */
export function trustAnew(watch: Watch, { now, disproved }: { now: Date; disproved: Closing | null }): Watch {
  const distrusted = [...watch.distrustedReleaseIds, ...(disproved?.proof ?? []).map((one) => one.fixReleaseId)]
  return {
    ...watch,
    state: 'watching',
    trustFrom: now,
    distrustedReleaseIds: [...new Set(distrusted)],
    guardUntil: null,
    nextAt: now,
  }
}
