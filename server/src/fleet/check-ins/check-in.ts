// What a check-in changes about an installation: rules without input or output.
import type { CheckIn, Installation } from '../installation.ts'

interface Told extends Pick<Installation, 'version' | 'releaseId' | 'health' | 'platform' | 'arch'> {
  readonly refusedReleaseIds: readonly string[]
}

/** Older refusals are forgotten: by then nobody offers those releases any more. */
const MAX_REFUSED = 200

/** Whether it tells anything that is not known; asked for each check-in, so it makes nothing. */
export function isNews(known: Told, checkIn: CheckIn) {
  return (
    known.version !== checkIn.version ||
    known.releaseId !== checkIn.releaseId ||
    known.health !== checkIn.health ||
    known.platform !== checkIn.platform ||
    known.arch !== checkIn.arch ||
    checkIn.refused.some((releaseId) => !known.refusedReleaseIds.includes(releaseId))
  )
}

/** The installation as it is after this check-in. */
export function applyCheckIn<T extends Installation>(installation: T, checkIn: CheckIn, now: Date): T {
  const { version, releaseId, health, platform, arch, refused } = checkIn
  const healthySince = healthySinceAfter(installation, checkIn, now)
  return {
    ...installation,
    version,
    releaseId,
    health,
    platform,
    arch,
    healthySince,
    refusedReleaseIds: refuse(installation.refusedReleaseIds, refused),
  }
}

/** What was refused once stays refused, also where the agent lost its memory. */
export function refuse(known: string[], more: string[]) {
  const added = more.filter((releaseId) => !known.includes(releaseId))
  return added.length === 0 ? known : [...known, ...new Set(added)].slice(-MAX_REFUSED)
}

/** Health counts for the version that it was seen with: with another one it begins anew. */
function healthySinceAfter(installation: Installation, checkIn: CheckIn, now: Date) {
  if (checkIn.health !== 'healthy') return null
  const isSame = installation.version === checkIn.version && installation.releaseId === checkIn.releaseId
  return isSame && installation.health === 'healthy' ? (installation.healthySince ?? now) : now
}
