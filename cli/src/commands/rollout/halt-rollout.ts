// fairway rollout halt: end it: those who wait do not get it.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { getRollout } from './find-rollout.ts'

export function addHaltRollout(parent: Command) {
  parent
    .command('halt')
    .argument('<rollout>', 'like till/stable for the latest one there, or its id')
    .requiredOption('--reason <text>', 'why; it stands in its history')
    .description('end it: those who wait do not get it')
    .action(
      run<[string], { reason: string }>(async ({ client }, { args: [name], options: { reason } }) => {
        const { id: rolloutId } = await getRollout(client, name)
        const rollout = await ask(
          client.POST('/api/v1/rollouts/{rolloutId}/halt', { params: { path: { rolloutId } }, body: { reason } }),
        )
        return {
          value: rollout,
          text: `${rollout.productId} ${rollout.version} to ${rollout.channel} is halted: no more installations get it.`,
        }
      }),
    )
}
