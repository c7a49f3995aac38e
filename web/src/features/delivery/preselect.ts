// Which release a new rollout begins with: nothing that a channel for everyone has not seen finished, nothing older than it runs. Pure.
import { compareVersions, isPreRelease } from './versions.ts'

interface Past {
  channel: string
  version: string
  state: string
}

/** The newest that fits; none where a person has to decide. `releases` and `past` stand newest first. */
export function preselect<Release extends { version: string }>(releases: Release[], past: Past[], channel: string) {
  return releases.find(({ version }) => fits(version, past, channel))
}

/** For a release that was chosen already: a channel that it fits, for a pre-release rather any than `stable`, else the first. */
export function preselectChannel<Channel extends { name: string }>(
  channels: Channel[],
  past: Past[],
  version: string | undefined,
) {
  if (version === undefined) return channels[0]
  const fitting = channels.find(({ name }) => fits(version, past, name))
  const spared = isPreRelease(version) ? channels.find(({ name }) => name !== 'stable') : undefined
  return fitting ?? spared ?? channels[0]
}

function fits(version: string, past: Past[], channel: string) {
  const current = past.find((one) => one.channel === channel && one.state === 'complete')?.version
  const isFinishedOnly = channel === 'stable' || (current !== undefined && !isPreRelease(current))
  return !(isFinishedOnly && isPreRelease(version)) && (current === undefined || compareVersions(version, current) >= 0)
}
