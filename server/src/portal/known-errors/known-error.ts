// What a known error is, and the rules it keeps.
import { validRange } from 'semver'

export const KNOWN_ERROR_STATES = ['draft', 'open', 'closed'] as const
/** A draft is seen by staff alone. */
export type KnownErrorState = (typeof KNOWN_ERROR_STATES)[number]

export interface KnownError {
  id: string
  number: number
  productId: string
  title: string
  description: string
  /** A SemVer range, `>=1.0.0 <1.1.1`. */
  affectedRange: string
  workaround: string
  /** What we found out; for staff alone. */
  cause: string
  state: KnownErrorState
  createdBy: string
  createdAt: Date
  changedAt: Date
}

/** A range of the grammar of npm's semver; bounded by the schema, since each comparison costs. */
export function isRange(text: string) {
  return text.trim() !== '' && validRange(text) !== null
}
