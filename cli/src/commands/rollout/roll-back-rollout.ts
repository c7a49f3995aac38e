// fairway rollout roll-back: everybody who runs its release goes back to the one before; --stop takes the order back.
import type { Command } from 'commander'
import { wrongUsage } from '../../failure.ts'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { getRollout } from './find-rollout.ts'

export function addRollBackRollout(parent: Command) {
  parent
    .command('roll-back')
    .argument('<rollout>', 'like till/stable for the latest one there, or its id')
    .option('--reason <text>', 'why; it stands in its history')
    .option('--stop', 'take the order back: who has not gone back keeps what it runs')
    .description('halt it, and send everybody who runs its release back to the one before')
    .action(
      run<[string], { reason?: string; stop?: true }>(async ({ client }, { args: [name], options: { reason, stop } }) => {
        const { id: rolloutId } = await getRollout(client, name)
        const params = { path: { rolloutId } }
        if (stop) {
          const rollout = await ask(client.DELETE('/api/v1/rollouts/{rolloutId}/roll-back', { params }))
          return { value: rollout, text: `Nobody is sent back from ${rollout.version} any more. Who has gone back stays there.` }
        }
        if (reason === undefined) throw wrongUsage('Say why with --reason <text>; it stands in its history.')
        const rollout = await ask(client.POST('/api/v1/rollouts/{rolloutId}/roll-back', { params, body: { reason } }))
        const { toVersion = '', remaining = 0 } = rollout.rollback ?? {}
        return {
          value: rollout,
          text: `${rollout.version} is halted. ${remaining} installations go back to ${toVersion}, each at its next check-in.`,
        }
      }),
    )
}
