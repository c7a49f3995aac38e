// What an installation runs next, and why not now.
import type { Schemas } from '@fairway/client'
import type { Me } from '../contract.ts'
import { compareVersions } from '../versions.ts'
import type { Installation, Release, Rollout, World } from '../world.ts'

type View = Schemas['StaffOutlook'] | Schemas['Outlook']
type Next = Pick<Schemas['StaffOutlook'], 'kind' | 'code' | 'text'> & { release: Pick<Release, 'id' | 'version'> | undefined }

export function viewOutlook(world: World, me: Me, installation: Installation): View {
  const { productId, channel, id } = installation
  const rollout = world.rollouts.find((one) => isUnderWay(one) && one.productId === productId && one.channel === channel)
  const { release, kind, code, text } = nextOf(world, installation, rollout)
  const brings = rollout && rollout.releaseId === release?.id ? rollout : undefined
  const view = {
    installationId: id,
    kind,
    code,
    text,
    version: release?.version ?? null,
    releaseId: release?.id ?? null,
    share: release ? shareOf(world, installation, release.id) : null,
  }
  const shown = brings ? stateFor(brings, id) : null
  return me.kind === 'staff'
    ? { ...view, rollout: shown && brings ? { id: brings.id, ...shown } : null }
    : { ...view, rollout: shown }
}

function nextOf(world: World, installation: Installation, rollout: Rollout | undefined): Next {
  const current = world.releases.find(({ id }) => id === installation.releaseId)
  const offered = rollout && offerOf(rollout, installation)
  if (offered && rollout && isNewer(rollout, current)) return offered
  const completed = completedOn(world, installation)
  if (!completed && !current)
    return { kind: 'held', code: 'nothing_released', text: 'Nothing was released on this channel yet.', release: undefined }
  if (completed && isNewer(completed, current)) return { kind: 'update', code: null, text: null, release: completed }
  if (current?.state === 'withdrawn')
    return {
      kind: 'held',
      code: 'withdrawn',
      text: `${current.version} was withdrawn. It goes on running here until a newer version comes.`,
      release: current,
    }
  return { kind: 'current', code: null, text: null, release: current }
}

/** What the rollout under way means for it. */
function offerOf(rollout: Rollout, { id, refusedReleaseIds }: Installation): Next {
  const { releaseId, version, state, witnesses, step } = rollout
  const release = { id: releaseId, version }
  const witness = witnesses.get(id)
  if (refusedReleaseIds.includes(releaseId)) {
    const text = `${version} did not become healthy here and went back. It is not offered here again; the next version is.`
    return { kind: 'held', code: 'refused_here', text, release }
  }
  if (!witness || witness.step > step)
    return {
      kind: 'held',
      code: 'cohort',
      text: `${version} goes to a few installations first; yours is not among them yet.`,
      release,
    }
  if (state === 'paused')
    return {
      kind: 'held',
      code: 'paused',
      text: `${version} is paused for everybody. Nothing changes here until it goes on.`,
      release,
    }
  return { kind: 'update', code: null, text: null, release }
}

function stateFor({ state, step, steps, witnesses }: Rollout, id: string) {
  return {
    state: state === 'paused' ? ('paused' as const) : ('running' as const),
    step: step + 1,
    steps: steps.length,
    percentNow: steps[step]?.percent ?? 0,
    percentHere: steps[witnesses.get(id)?.step ?? steps.length - 1]?.percent ?? null,
  }
}

export function isUnderWay({ state }: Pick<Rollout, 'state'>) {
  return state === 'running' || state === 'paused'
}

function isNewer({ version }: Pick<Release, 'version'>, current: Release | undefined) {
  return !current || compareVersions(version, current.version) > 0
}

function completedOn({ rollouts, releases }: World, { productId, channel }: Installation) {
  const done = rollouts.find((one) => one.state === 'complete' && one.productId === productId && one.channel === channel)
  return releases.find(({ id, state }) => id === done?.releaseId && state === 'published')
}

function shareOf({ installations }: World, { productId, channel }: Installation, releaseId: string) {
  const share = { running: 0, of: 0 }
  for (const one of installations.values()) {
    if (one.state !== 'active' || one.productId !== productId || one.channel !== channel) continue
    share.of += 1
    if (one.releaseId === releaseId) share.running += 1
  }
  return share
}
