// Turns the answer into the words of the agent protocol; pure.
import type { Resolution } from '../../resolve-update.ts'

/** The agent spreads this by chance; a minute is often enough to see a fix arrive and rare enough for a fleet. */
export const POLL_SECONDS = 60

export function renderCheckIn(resolution: Resolution) {
  const pollSeconds = POLL_SECONDS
  if (resolution.kind === 'current') return { decision: 'current', pollSeconds }
  if (resolution.kind === 'held') return { decision: 'held', because: resolution.because, pollSeconds }
  const { release, artifact } = resolution
  return {
    decision: 'update',
    manifest: release.manifest,
    artifact: { name: artifact.name, sha256: artifact.sha256, size: artifact.size, url: `/updates/v1/artifacts/${artifact.id}` },
    pollSeconds,
  }
}
