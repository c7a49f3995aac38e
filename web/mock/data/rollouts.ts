// The rollouts: one under way in its fourth step, one on beta, and those that ended.
import { ago } from '../times.ts'
import { NAMED, type Spec, UNNAMED } from './fleet-specs.ts'
import { FAILED_AT, idOfSpec, STEPS_BEGAN } from './fleet.ts'
import { GATE, releaseId, SERVER } from './products.ts'
import type { Rollout, Witness } from '../world.ts'

const EVERYBODY = [...NAMED, ...UNNAMED].map(idOfSpec)
const GATE_TERMINALS = 'in_gs41qd'
const DEVELOPER = { id: 'pe_developer', name: 'A developer' }
const PERCENTS = [2, 10, 25, 50, 100]
const BAKE_SECONDS = [3600, 43_200, 43_200, 86_400, 86_400]

type Told = Pick<Rollout, 'id' | 'productId' | 'channel' | 'version' | 'state'> & Partial<Rollout>

function rollout(told: Told): Rollout {
  const { productId, version } = told
  return {
    releaseId: releaseId(productId, version),
    silentAfterSeconds: 1800,
    startedBy: DEVELOPER,
    endedBy: null,
    ...{
      startedAt: ago('1d 1h'),
      endedAt: null,
      step: 0,
      steps: [],
      bakesUntil: null,
      witnesses: new Map(),
    },
    because: {
      code: 'healthy_enough',
      text: 'All that reported are healthy.',
    },
    ...told,
  }
}

/** Newest first. */
export function rollouts(): Rollout[] {
  return [onBeta(), underWay(), ...ended()]
}

function underWay(): Rollout {
  return rollout({
    id: 'ro_57',
    productId: SERVER,
    channel: 'stable',
    version: '1.4.2',
    state: 'running',
    ...{
      startedAt: ago('3d 20h 50m'),
      step: 3,
      because: {
        code: 'step_started',
        text: '',
      },
    },
    steps: PERCENTS.map((percent, index) => ({
      percent,
      bakeSeconds: BAKE_SECONDS[index] ?? 3600,
      startedAt: startOf(index),
    })),
    witnesses: new Map([...NAMED, ...UNNAMED].map((spec) => [idOfSpec(spec), witnessOf(spec)])),
  })
}

function startOf(index: number) {
  const span = STEPS_BEGAN[index]
  return span === undefined ? null : ago(span)
}

function witnessOf({ name, step, standing, version }: Spec): Witness {
  const failed = FAILED_AT[name]
  if (failed) {
    return { step: step - 1, standing, at: ago(failed.span), reason: `${failed.reason} Back on ${version} after 40 s.` }
  }
  return { step: step - 1, standing, at: standing === 'updating' ? ago('50s') : ago('11h'), reason: null }
}

function onBeta(): Rollout {
  const witnesses = new Map([['in_ts77vb', { step: 0, standing: 'updating' as const, at: ago('50s'), reason: null }]])
  return rollout({
    id: 'ro_58',
    productId: SERVER,
    channel: 'beta',
    version: '1.5.0-beta.3',
    state: 'running',
    ...{
      startedAt: ago('4m'),
      steps: [
        {
          percent: 100,
          bakeSeconds: 3600,
          startedAt: ago('4m'),
        },
      ],
      witnesses,
    },
  })
}

function ended(): Rollout[] {
  const stable = { productId: SERVER, channel: 'stable' }
  return [
    rollout({
      id: 'ro_56',
      productId: SERVER,
      channel: 'beta',
      version: '1.4.2',
      state: 'complete',
      ...{
        startedAt: ago('3d 20h 58m'),
        endedAt: ago('3d 20h 10m'),
        ...past(['3d 20h 58m'], { healthy: 18 }),
      },
    }),
    rollout({
      ...stable,
      id: 'ro_54',
      version: '1.4.1',
      state: 'complete',
      startedAt: ago('16d'),
      endedAt: ago('11d'),
      ...past(['16d', '14d', '12d'], {
        healthy: 305,
        failed: 3,
      }),
    }),
    rollout({
      id: 'ro_53',
      productId: GATE,
      channel: 'stable',
      version: '3.2.0',
      state: 'complete',
      startedAt: ago('30d'),
      endedAt: ago('28d'),
      ...past(['30d'], {
        healthy: 1,
        ids: [GATE_TERMINALS],
      }),
    }),
    rollout({
      ...stable,
      id: 'ro_52',
      version: '1.4.0',
      state: 'complete',
      startedAt: ago('44d'),
      endedAt: ago('38d'),
      ...past(['44d', '42d', '40d'], {
        healthy: 298,
        failed: 6,
      }),
    }),
    rollout({
      id: 'ro_50',
      productId: GATE,
      channel: 'stable',
      version: '3.1.9',
      state: 'halted',
      startedAt: ago('61d'),
      endedAt: ago('60d 20h'),
      ...past(['61d'], {
        healthy: 0,
        failed: 1,
        ids: [GATE_TERMINALS],
      }),
      ...{
        because: {
          code: 'step_failed',
          text: 'The only installation of this step failed.',
        },
      },
    }),
  ]
}

interface Past {
  healthy: number
  failed?: number
  /** Who took part; otherwise any of the channel. */
  ids?: string[]
}

function past(began: string[], { healthy, failed = 0, ids = EVERYBODY }: Past) {
  const witnesses = ids.slice(0, healthy + failed).map((id, index): [string, Witness] => {
    const isFailed = index >= healthy
    const told = { at: ago(began.at(-1) ?? '60d'), reason: isFailed ? 'Health did not pass within 5 minutes.' : null }
    return [id, { step: index % began.length, standing: isFailed ? 'failed' : 'healthy', ...told }]
  })
  return {
    step: began.length - 1,
    steps: began.map((span, index) => ({
      percent: Math.round((100 * (index + 1)) / began.length),
      bakeSeconds: 3600,
      startedAt: ago(span),
    })),
    witnesses: new Map(witnesses),
    because: { code: 'healthy_enough' as const, text: `${healthy} of ${healthy + failed} that reported are healthy.` },
  }
}
