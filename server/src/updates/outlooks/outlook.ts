// What an installation runs next, and why not now: the answer of the protocols, for people. Pure: a snapshot and an installation.
import { type ActiveRollout, cohortHash } from '#delivery'
import type { Installation } from '#fleet'
import { type HeldCode, resolveUpdate } from '../resolve-update.ts'
import type { Snapshot } from '../snapshot.ts'

export interface Outlook {
  kind: 'current' | 'update' | 'held'
  /** What it runs, would get or waits for; null where that is no release that we know. */
  releaseId: string | null
  version: string | null
  code: HeldCode | null
  text: string | null
  /** The one that brings that release. */
  rollout: ActiveRollout | null
}

export function outlookOf(snapshot: Snapshot, installation: Installation): Outlook {
  const { productId, channel, releaseId } = installation
  const resolution = resolveUpdate(snapshot, {
    ...installation,
    clientId: installation.id,
    currentReleaseId: releaseId,
    trust: 2,
  })
  const current = releaseId === null ? undefined : snapshot.release(releaseId)
  const release = resolution.kind === 'current' ? current : resolution.release
  const rollout = snapshot.channel(productId, channel)?.rollout
  const because = resolution.kind === 'held' ? resolution.because : undefined
  return {
    kind: resolution.kind,
    releaseId: release?.id ?? null,
    version: release?.version ?? null,
    code: because?.code ?? null,
    text: because?.text ?? null,
    rollout: release && rollout?.releaseId === release.id ? rollout : null,
  }
}

/** Whether a step that has started holds it: then nobody else needs to be counted. */
export function percentStarted({ salt, steps }: ActiveRollout, installationId: string): number | null {
  const hash = cohortHash(salt, installationId)
  return steps.find(({ threshold }) => threshold !== null && hash <= threshold)?.percent ?? null
}

/**
 * The percentage of the first step that will hold it, if the channel stays as it is: steps that have not started take
 * the ⌈p·n⌉ smallest hashes when they do.
 * @param hashes of all installations of the channel, rising
 */
export function percentToCome({ salt, steps }: ActiveRollout, installationId: string, hashes: string[]): number | null {
  const hash = cohortHash(salt, installationId)
  const before = hashes.findIndex((one) => one >= hash)
  // One that is not among them yet would stand behind all that are smaller.
  const rank = (before === -1 ? hashes.length : before) + 1
  const step = steps.find(({ percent, threshold }) => threshold === null && Math.ceil((percent * hashes.length) / 100) >= rank)
  return step?.percent ?? steps.at(-1)?.percent ?? null
}
