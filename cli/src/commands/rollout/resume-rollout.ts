// fairway rollout resume: go on after a pause.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { getRollout } from './find-rollout.ts'

export function addResumeRollout(parent: Command) {
  parent
    .command('resume')
    .argument('<rollout>', 'like till/stable for the latest one there, or its id')
    .requiredOption('--reason <text>', 'why; it stands in its history')
    .description('go on after a pause')
    .action(
      run<[string], { reason: string }>(async ({ client }, { args: [name], options: { reason } }) => {
        const { id: rolloutId } = await getRollout(client, name)
        const rollout = await ask(
          client.POST('/api/v1/rollouts/{rolloutId}/resume', { params: { path: { rolloutId } }, body: { reason } }),
        )
        return { value: rollout, text: `${rollout.productId} ${rollout.version} to ${rollout.channel} goes on.` }
      }),
    )
}
