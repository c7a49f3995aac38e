// fairway rollout watch: follows it to its end.
import type { Command } from 'commander'
import { exitCodeOfRollout, watchRollout } from '../../publish/watch-rollout.ts'
import { run } from '../../run.ts'
import { lineOf } from '../../terminal/rollout-view.ts'
import { getRollout } from './find-rollout.ts'

export function addWatchRollout(parent: Command) {
  parent
    .command('watch')
    .argument('<rollout>', 'like till/stable for the latest one there, or its id')
    .description('follow a rollout to its end; 20 if it was halted')
    .action(
      run<[string]>(async (session, { args: [name] }) => {
        const rollout = await watchRollout(session, await getRollout(session.client, name))
        return {
          value: rollout,
          text: `${rollout.productId} ${rollout.version} to ${rollout.channel}: ${lineOf(rollout)}`,
          exitCode: exitCodeOfRollout(rollout),
        }
      }),
    )
}
