// fairway release list: the newest first.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { moreOf, type PageWish, readPages, withPages } from '../../reach/read-pages.ts'
import { run } from '../../run.ts'
import { instant, table } from '../../terminal/layout.ts'

export function addListReleases(parent: Command) {
  withPages(parent.command('list'))
    .option('--product <product>', 'of this product only')
    .description('releases, the newest first')
    .action(
      run<[], PageWish & { product?: string }>(async ({ client }, { options }) => {
        const filter = options.product === undefined ? {} : { productId: options.product }
        const page = await readPages(options, (at) =>
          ask(client.GET('/api/v1/releases', { params: { query: { ...filter, ...at } } })),
        )
        const rows = page.items.map((one) => [
          `${one.productId}@${one.version}`,
          one.state,
          one.fixes.join(', '),
          one.artifacts.length,
          instant(one.publishedAt),
        ])
        const empty = 'No releases yet. Publish one: fairway release publish --product … --version … --file linux/x64=….'
        return { value: page, text: table(['RELEASE', 'STATE', 'FIXES', 'FILES', 'PUBLISHED'], rows, empty) + moreOf(page) }
      }),
    )
}
