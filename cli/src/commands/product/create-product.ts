// fairway product create: a new product, and the key that signs its releases.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'

interface Options {
  name: string
  public?: boolean
}

export function addCreateProduct(parent: Command) {
  parent
    .command('create')
    .argument('<product>', 'its id in addresses and file names, like till')
    .requiredOption('--name <name>', 'what people call it')
    .option('--public', 'third-party updaters may ask without signing in')
    .description('make a product')
    .action(
      run<[string], Options>(async ({ client }, { args: [id], options }) => {
        const body = { id, name: options.name, ...(options.public && { isPublic: true }) }
        const product = await ask(client.POST('/api/v1/products', { body }))
        return {
          value: product,
          text: `${product.name} is there, with the channels ${product.channels.map((one) => one.name).join(' and ')}. Its releases are signed by the key ${product.fingerprint}.\nNext: fairway release publish --product ${id} --version 1.0.0 --file linux/x64=….`,
        }
      }),
    )
}
