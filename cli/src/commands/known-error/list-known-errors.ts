// fairway known-error list: analysed causes, and where they are fixed.
import type { Schemas } from '@fairway/client'
import type { Command } from 'commander'
import { Option } from 'commander'
import { ask } from '../../reach/ask.ts'
import { moreOf, type PageWish, readPages, withPages } from '../../reach/read-pages.ts'
import { run } from '../../run.ts'
import { table } from '../../terminal/layout.ts'

type KnownError = Schemas['KnownError'] | Schemas['KnownErrorForStaff']

interface Options extends PageWish {
  product?: string
  state?: KnownError['state']
}

export function addListKnownErrors(parent: Command) {
  withPages(parent.command('list'))
    .option('--product <product>', 'of this product only')
    .addOption(new Option('--state <state>', 'only these').choices(['draft', 'open', 'closed']))
    .description('known errors, the newest first')
    .action(
      run<[], Options>(async ({ client }, { options }) => {
        const filter = { ...(options.product && { productId: options.product }), ...(options.state && { state: options.state }) }
        const page = await readPages<KnownError>(options, (at) =>
          ask(client.GET('/api/v1/known-errors', { params: { query: { ...filter, ...at } } })),
        )
        const rows = page.items.map((one) => [
          one.id,
          one.productId,
          one.state,
          one.affectedVersions,
          one.fixedIn.join(', '),
          one.title,
        ])
        const empty =
          'No known errors. Write one down when a cause is found: fairway known-error create --product … --title … --affected …'
        return {
          value: page,
          text: table(['ID', 'PRODUCT', 'STATE', 'AFFECTED', 'FIXED IN', 'TITLE'], rows, empty) + moreOf(page),
        }
      }),
    )
}
