// fairway channel list: the named streams of releases of a product.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { table } from '../../terminal/layout.ts'

export function addListChannels(parent: Command) {
  parent
    .command('list')
    .argument('<product>')
    .description('the channels of a product')
    .action(
      run<[string]>(async ({ client }, { args: [productId] }) => {
        const { channels } = await ask(client.GET('/api/v1/products/{productId}', { params: { path: { productId } } }))
        const rows = channels.map(({ name }) => [name])
        return {
          value: { items: channels },
          text: table(['CHANNEL'], rows, `No channels yet. Make one: fairway channel create ${productId} stable.`),
        }
      }),
    )
}
