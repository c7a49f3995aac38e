// Shows a rollout that goes on: a bar for each step on a terminal, else a line whenever something changed.
import type { Schemas } from '@fairway/client'
import { type Progress } from './progress.ts'
import type { Voice } from './voice.ts'

type Rollout = Schemas['Rollout']

export interface RolloutView {
  show(rollout: Rollout): void
  end(): void
}

export function createRolloutView(voice: Voice): RolloutView {
  return voice.isTerminal && voice.isTalkative ? createBars(voice) : createLines(voice)
}

export function lineOf({ state, step, steps, tally, because }: Rollout) {
  const counts = `${tally.healthy} of ${tally.members} healthy, ${tally.failed} failed, ${tally.pending} pending`
  return `Step ${step} of ${steps.length} (${steps[step - 1]?.percent ?? 100} %), ${state}: ${counts}. ${because}`
}

function createLines(voice: Voice): RolloutView {
  let told = ''
  return {
    show(rollout) {
      const line = lineOf(rollout)
      if (line !== told) voice.note(line)
      told = line
    },
    end: () => undefined,
  }
}

function createBars(voice: Voice): RolloutView {
  let bar: { key: string; progress: Progress } | undefined
  let because = ''
  return {
    show(rollout) {
      const { step, steps, tally } = rollout
      const key = `${step}/${tally.members}`
      if (bar?.key !== key || rollout.because !== because) {
        bar?.progress.end()
        if (rollout.because !== because) voice.note(rollout.because)
        because = rollout.because
        const label = `Step ${step} of ${steps.length} (${steps[step - 1]?.percent ?? 100} %)`
        bar = { key, progress: voice.progress({ label, total: tally.members, unit: 'healthy' }) }
      }
      bar.progress.at(tally.healthy)
    },
    end: () => bar?.progress.end(),
  }
}
