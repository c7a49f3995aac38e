// fairway channel create: a new stream of releases of a product.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'

export function addCreateChannel(parent: Command) {
  parent
    .command('create')
    .argument('<product>')
    .argument('<channel>', 'like stable or beta')
    .description('make a channel')
    .action(
      run<[string, string]>(async ({ client }, { args: [productId, name] }) => {
        const channel = await ask(
          client.POST('/api/v1/products/{productId}/channels', { params: { path: { productId } }, body: { name } }),
        )
        return { value: channel, text: `${productId} has the channel ${name}.` }
      }),
    )
}
