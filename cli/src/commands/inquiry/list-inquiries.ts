// fairway inquiry list: what customers ask.
import type { Schemas } from '@fairway/client'
import type { Command } from 'commander'
import { Option } from 'commander'
import { ask } from '../../reach/ask.ts'
import { moreOf, type PageWish, readPages, withPages } from '../../reach/read-pages.ts'
import { run } from '../../run.ts'
import { instant, table } from '../../terminal/layout.ts'

type Summary = Schemas['InquirySummary'] | Schemas['InquirySummaryForStaff']

interface Options extends PageWish {
  state?: 'open' | 'closed'
  organisation?: string
  knownError?: string
}

export function addListInquiries(parent: Command) {
  withPages(parent.command('list'))
    .addOption(new Option('--state <state>', 'only these').choices(['open', 'closed']))
    .option('--organisation <id>', 'of this customer only')
    .option('--known-error <id>', 'that come from it only')
    .description('inquiries')
    .action(
      run<[], Options>(async ({ client }, { options }) => {
        const { state, organisation, knownError } = options
        const filter = {
          ...(state && { state }),
          ...(organisation && { organisationId: organisation }),
          ...(knownError && { knownErrorId: knownError }),
        }
        const page = await readPages<Summary>(options, (at) =>
          ask(client.GET('/api/v1/inquiries', { params: { query: { ...filter, ...at } } })),
        )
        const rows = page.items.map((one) => [
          one.id,
          one.status,
          one.view === 'staff' ? one.organisation.name : one.openedBy.name,
          one.title,
          instant(one.changedAt),
        ])
        return {
          value: page,
          text:
            table(['ID', 'STATUS', 'FROM', 'TITLE', 'CHANGED'], rows, 'No inquiries here. Nothing needs an answer.') +
            moreOf(page),
        }
      }),
    )
}
