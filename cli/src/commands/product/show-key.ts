// fairway keys show: the fingerprint of the key that signs a product's releases, to compare with what installations pin.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'

export function addShowKey(parent: Command) {
  parent
    .command('show')
    .argument('<product>')
    .description('the fingerprint of the key that signs its releases')
    .action(
      run<[string]>(async ({ client }, { args: [productId] }) => {
        const { fingerprint } = await ask(client.GET('/api/v1/products/{productId}', { params: { path: { productId } } }))
        return { value: { productId, fingerprint }, text: fingerprint }
      }),
    )
}
