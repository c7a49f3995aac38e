// fairway rollout pause: start nothing more until it is resumed.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { getRollout } from './find-rollout.ts'

export function addPauseRollout(parent: Command) {
  parent
    .command('pause')
    .argument('<rollout>', 'like till/stable for the latest one there, or its id')
    .requiredOption('--reason <text>', 'why; it stands in its history')
    .description('start nothing more until it is resumed')
    .action(
      run<[string], { reason: string }>(async ({ client }, { args: [name], options: { reason } }) => {
        const { id: rolloutId } = await getRollout(client, name)
        const rollout = await ask(
          client.POST('/api/v1/rollouts/{rolloutId}/pause', { params: { path: { rolloutId } }, body: { reason } }),
        )
        return {
          value: rollout,
          text: `${rollout.productId} ${rollout.version} to ${rollout.channel} is paused: no more installations get it, those that have it keep it.`,
        }
      }),
    )
}
