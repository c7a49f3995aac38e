// fairway inquiry reopen: it was not solved after all.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'

export function addReopenInquiry(parent: Command) {
  parent
    .command('reopen')
    .argument('<inquiry>', 'its id, like INQ-2041')
    .option('--text <text>', 'what is still wrong')
    .description('open it again')
    .action(
      run<[string], { text?: string }>(async ({ client }, { args: [inquiryId], options: { text } }) => {
        const body = text === undefined ? {} : { text }
        const inquiry = await ask(client.POST('/api/v1/inquiries/{inquiryId}/reopen', { params: { path: { inquiryId } }, body }))
        return { value: inquiry, text: `${inquiry.id} is open again.` }
      }),
    )
}
