// Who is in: a salted hash for each rollout puts its installations in an order that nobody chose and that is never the same twice.
import { hash } from 'node:crypto'

/** Above every hash: all are in. */
export const EVERYBODY = 'g'

/** 64 bits as 16 hex digits, so that their order as text is their order as numbers. */
export function cohortHash(salt: string, installationId: string) {
  return hash('sha256', `${salt}:${installationId}`, 'hex').slice(0, 16)
}

export function isInCohort(salt: string, installationId: string, threshold: string | null) {
  return threshold !== null && cohortHash(salt, installationId) <= threshold
}

/**
 * The ⌈p·n⌉-th smallest hash of the installations: a step of some is never empty, and later comers are judged by the same threshold.
 * Where nobody is enrolled (third-party clients that we never see before they ask), the share is taken of the range of hashes instead.
 * Never below the threshold of the step before: who is in stays in.
 * @param percent above 0, at most 100
 */
export function thresholdOf({
  salt,
  installationIds,
  percent,
  before,
}: {
  salt: string
  installationIds: string[]
  percent: number
  before: string | null
}) {
  if (percent >= 100) return EVERYBODY
  const hashes = installationIds.map((id) => cohortHash(salt, id)).sort()
  const last = hashes[Math.ceil((percent * hashes.length) / 100) - 1] ?? shareOfRange(percent)
  return before !== null && before > last ? before : last
}

function shareOfRange(percent: number) {
  // Millionths of a percent keep the product within integers.
  const share = (BigInt(Math.round(percent * 1e6)) * (2n ** 64n - 1n)) / 100_000_000n
  return share.toString(16).padStart(16, '0')
}
