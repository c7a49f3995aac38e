// fairway product show: one product.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { facts, instant } from '../../terminal/layout.ts'

export function addShowProduct(parent: Command) {
  parent
    .command('show')
    .argument('<product>')
    .description('one product')
    .action(
      run<[string]>(async ({ client }, { args: [productId] }) => {
        const product = await ask(client.GET('/api/v1/products/{productId}', { params: { path: { productId } } }))
        const { id, name, channels, isPublic, fingerprint, createdAt } = product
        const known = {
          id,
          name,
          channels: channels.map((one) => one.name).join(', '),
          public: isPublic,
          key: fingerprint,
          made: instant(createdAt),
        }
        return { value: product, text: facts(known) }
      }),
    )
}
