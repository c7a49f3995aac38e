// fairway installation list: what runs where.
import type { Command } from 'commander'
import { Option } from 'commander'
import { ask } from '../../reach/ask.ts'
import { moreOf, type PageWish, readPages, withPages } from '../../reach/read-pages.ts'
import { run } from '../../run.ts'
import { instant, table } from '../../terminal/layout.ts'

interface Options extends PageWish {
  product?: string
  channel?: string
  organisation?: string
  health?: 'healthy' | 'unhealthy' | 'unknown'
  state?: 'active' | 'retired' | 'revoked'
  name?: string
}

export function addListInstallations(parent: Command) {
  withPages(parent.command('list'))
    .option('--product <product>', 'of this product only')
    .option('--channel <channel>', 'on this channel only')
    .option('--organisation <id>', 'of this customer only')
    .addOption(new Option('--health <health>', 'in this health only').choices(['healthy', 'unhealthy', 'unknown']))
    .addOption(new Option('--state <state>', 'in this state only').choices(['active', 'retired', 'revoked']))
    .option('--name <part>', 'with this in its name')
    .description('installations: what runs where, and how it is')
    .action(
      run<[], Options>(async ({ client }, { options }) => {
        const page = await readPages(options, (at) =>
          ask(client.GET('/api/v1/installations', { params: { query: { ...filterOf(options), ...at } } })),
        )
        const rows = page.items.map((one) => [
          one.id,
          one.name,
          `${one.productId}/${one.channel}`,
          one.version,
          one.health,
          one.state,
          instant(one.lastSeenAt),
        ])
        const empty =
          'No installation matches. Connect one: fairway installation enroll --organisation … --product … --channel … --name ….'
        return {
          value: page,
          text: table(['ID', 'NAME', 'CHANNEL', 'VERSION', 'HEALTH', 'STATE', 'LAST SEEN'], rows, empty) + moreOf(page),
        }
      }),
    )
}

function filterOf({ product, channel, organisation, health, state, name }: Options) {
  return {
    ...(product && { productId: product }),
    ...(channel && { channel }),
    ...(organisation && { organisationId: organisation }),
    ...(health && { health }),
    ...(state && { state }),
    ...(name && { q: name }),
  }
}
