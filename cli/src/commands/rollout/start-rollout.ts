// fairway rollout start: takes a published release to the installations of a channel, a few first.
import type { Command } from 'commander'
import { getRelease } from '../../publish/find-release.ts'
import { planOf, type RolloutOptions } from '../../publish/publish-wish.ts'
import { startRollout } from '../../publish/start-rollout.ts'
import { exitCodeOfRollout, watchRollout } from '../../publish/watch-rollout.ts'
import { run } from '../../run.ts'
import { lineOf } from '../../terminal/rollout-view.ts'
import { withRolloutOptions } from '../release/draft-options.ts'

export function addStartRollout(parent: Command) {
  const command = parent
    .command('start')
    .argument('<release>', 'like till@1.4.2, or its id')
    .requiredOption('--channel <channel>', 'like stable')
  withRolloutOptions(command)
    .description('take a published release to the installations of a channel')
    .action(
      run<[string], RolloutOptions & { channel: string }>(async (session, { args: [name], options }) => {
        const wish = planOf(options.channel, options)
        const started = await startRollout(session, await getRelease(session.client, name), wish)
        session.voice.note(`Rollout ${started.id} is under way.`)
        const rollout = wish.watch ? await watchRollout(session, started) : started
        return {
          value: rollout,
          text: `${rollout.productId} ${rollout.version} to ${rollout.channel}: ${lineOf(rollout)}`,
          exitCode: exitCodeOfRollout(rollout),
        }
      }),
    )
}
