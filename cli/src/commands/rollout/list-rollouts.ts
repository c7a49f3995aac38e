// fairway rollout list: the newest first.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { moreOf, type PageWish, readPages, withPages } from '../../reach/read-pages.ts'
import { run } from '../../run.ts'
import { instant, table } from '../../terminal/layout.ts'

interface Options extends PageWish {
  product?: string
  channel?: string
}

const EMPTY =
  'No rollouts yet. Publish a release, then start one: it goes to a few installations first and stops by itself if they fail.'

export function addListRollouts(parent: Command) {
  withPages(parent.command('list'))
    .option('--product <product>', 'of this product only')
    .option('--channel <channel>', 'to this channel only')
    .description('rollouts, the newest first')
    .action(
      run<[], Options>(async ({ client }, { options }) => {
        const filter = {
          ...(options.product && { productId: options.product }),
          ...(options.channel && { channel: options.channel }),
        }
        const page = await readPages(options, (at) =>
          ask(client.GET('/api/v1/rollouts', { params: { query: { ...filter, ...at } } })),
        )
        const rows = page.items.map((one) => [
          one.id,
          `${one.productId}@${one.version}`,
          one.channel,
          one.state,
          `${one.step}/${one.steps.length}`,
          `${one.tally.healthy}/${one.tally.members}`,
          instant(one.startedAt),
        ])
        return {
          value: page,
          text: table(['ID', 'RELEASE', 'CHANNEL', 'STATE', 'STEP', 'HEALTHY', 'STARTED'], rows, EMPTY) + moreOf(page),
        }
      }),
    )
}
