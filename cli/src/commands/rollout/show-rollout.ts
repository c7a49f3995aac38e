// fairway rollout show: where it is, and why.
import type { Command } from 'commander'
import { run } from '../../run.ts'
import { facts, instant, table } from '../../terminal/layout.ts'
import { lineOf } from '../../terminal/rollout-view.ts'
import { getRollout } from './find-rollout.ts'

export function addShowRollout(parent: Command) {
  parent
    .command('show')
    .argument('<rollout>', 'like till/stable for the latest one there, or its id')
    .description('one rollout: where it is, and why')
    .action(
      run<[string]>(async ({ client }, { args: [name] }) => {
        const rollout = await getRollout(client, name)
        const { id, productId, version, channel, startedAt, endedAt } = rollout
        const known = facts({
          rollout: id,
          release: `${productId}@${version}`,
          channel,
          started: instant(startedAt),
          ended: endedAt && instant(endedAt),
        })
        const rows = rollout.steps.map((step, index) => [
          index + 1,
          `${step.percent} %`,
          `${step.bakeSeconds} s`,
          instant(step.startedAt),
          step.size,
        ])
        const steps = table(['STEP', 'UP TO', 'BAKES', 'STARTED', 'ADDED'], rows, '')
        return { value: rollout, text: `${known}\n\n${lineOf(rollout)}\n\n${steps}` }
      }),
    )
}
