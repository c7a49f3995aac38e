// Where things lie in a product's TUF repository: names of roles and paths of targets, the same on both sides.

/** The delegated role that signs what a channel may carry. */
export function channelRole(channel: string) {
  return `channel-${channel}`
}

/** The delegated role that signs what one installation should run (the director of Uptane's split). */
export const DIRECTOR = 'director'

/** What the role of a channel may speak about. */
export function channelPaths(channel: string) {
  return [`${channel}/*/*`]
}

export function targetPath({ channel, version, name }: { channel: string; version: string; name: string }) {
  return `${channel}/${version}/${name}`
}

/** What a target's `custom` says about an artifact: what a signed manifest of format 1 says. */
export interface ArtifactCustom {
  format: 2
  product: string
  channel: string
  releaseId: string
  version: string
  sequence: number
  publishedAt: string
  platform: string
  arch: string
  name: string
  kind: string
  /** The content inside, where it can be patched: what a reconstruction must be. */
  plain?: { sha256: string; size: number }
  /** Newer releases over which this older one may be installed: a rollback that the channel's keys have signed. */
  replaces?: string[]
}
