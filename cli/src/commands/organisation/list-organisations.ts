// fairway organisation list: the customers.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { moreOf, type PageWish, readPages, withPages } from '../../reach/read-pages.ts'
import { run } from '../../run.ts'
import { instant, table } from '../../terminal/layout.ts'

export function addListOrganisations(parent: Command) {
  withPages(parent.command('list'))
    .description('customer organisations')
    .action(
      run<[], PageWish>(async ({ client }, { options }) => {
        const page = await readPages(options, (at) => ask(client.GET('/api/v1/organisations', { params: { query: at } })))
        const rows = page.items.map((one) => [
          one.id,
          one.name,
          one.language,
          instant(one.createdAt),
          one.archivedAt === null ? '' : instant(one.archivedAt),
        ])
        return {
          value: page,
          text:
            table(
              ['ID', 'NAME', 'LANGUAGE', 'SINCE', 'ARCHIVED'],
              rows,
              'No customers yet. Make one: fairway organisation create "Bakery Kern".',
            ) + moreOf(page),
        }
      }),
    )
}
