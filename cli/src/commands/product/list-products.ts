// fairway product list: what is shipped.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { table } from '../../terminal/layout.ts'

export function addListProducts(parent: Command) {
  parent
    .command('list')
    .description('every product')
    .action(
      run(async ({ client }) => {
        const page = await ask(client.GET('/api/v1/products'))
        const rows = page.items.map(({ id, name, channels, isPublic }) => [
          id,
          name,
          channels.map((one) => one.name).join(', '),
          isPublic,
        ])
        return {
          value: page,
          text: table(
            ['ID', 'NAME', 'CHANNELS', 'PUBLIC'],
            rows,
            'No products yet. Make one: fairway product create till --name "Till".',
          ),
        }
      }),
    )
}
