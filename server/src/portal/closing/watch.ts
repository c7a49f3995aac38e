// What is kept of an inquiry while its fix is awaited, and for a while afterwards.
import type { Behind } from './judge-inquiry.ts'

export type WatchState = 'watching' | 'guarding' | 'done'

export interface Watch {
  /** The id of the inquiry. */
  id: string
  knownErrorId: string
  productId: string
  state: WatchState
  /** Health counts only if it began after this moment: when the inquiry was reopened. */
  trustFrom: Date | null
  /** Releases whose fix turned out to be none for this inquiry. */
  distrustedReleaseIds: string[]
  /** The release for which the customer was told that a fix is on its way. */
  announcedReleaseId: string | null
  guardUntil: Date | null
  because: string
  waitsFor: Behind[]
  nextAt: Date | null
  epoch: number
}
