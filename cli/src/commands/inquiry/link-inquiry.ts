// fairway inquiry link: says which known error it comes from; a release that fixes that closes it by itself.
import type { Command } from 'commander'
import { wrongUsage } from '../../failure.ts'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'

export function addLinkInquiry(parent: Command) {
  parent
    .command('link')
    .argument('<inquiry>', 'its id, like INQ-2041')
    .argument('[known-error]', 'like KE-118')
    .option('--none', 'it comes from none after all')
    .description('say which known error it comes from')
    .action(
      run<[string, string | undefined], { none?: boolean }>(
        async ({ client }, { args: [inquiryId, knownErrorId], options: { none } }) => {
          if ((knownErrorId === undefined) !== (none === true)) throw wrongUsage('Give a known error, or --none.')
          const body = { knownErrorId: knownErrorId ?? null }
          const inquiry = await ask(client.PATCH('/api/v1/inquiries/{inquiryId}', { params: { path: { inquiryId } }, body }))
          const text = knownErrorId
            ? `${inquiry.id} comes from ${knownErrorId}. It closes by itself when a release that fixes it runs healthy at the customer.`
            : `${inquiry.id} comes from no known error.`
          return { value: inquiry, text }
        },
      ),
    )
}
