// Notes the first time that a release was offered to an installation.
import type { GroupCommit } from '#platform/group-commit'
import type { FleetParts } from '../deps.ts'
import type { Told } from './hear.ts'

interface Parts extends Pick<FleetParts, 'clock' | 'roster'> {
  writer: GroupCommit<Told>
}

/** Nobody waits for it; what could not be written is written at the next offer. */
export function noteOffer({ clock, roster, writer }: Parts, installationId: string, releaseId: string) {
  const entry = roster.entry(installationId)
  if (!entry || entry.offeredReleaseId === releaseId) return
  entry.offeredReleaseId = releaseId
  writer.save({ kind: 'offer', installationId, releaseId, at: clock.now() }).catch(() => {
    const now = roster.entry(installationId)
    if (now?.offeredReleaseId === releaseId) now.offeredReleaseId = null
  })
}
