// fairway inquiry close: staff close it; a customer says that it is solved.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'

export function addCloseInquiry(parent: Command) {
  parent
    .command('close')
    .argument('<inquiry>', 'its id, like INQ-2041')
    .description('close it; for customers: it is solved')
    .action(
      run<[string]>(async ({ client }, { args: [inquiryId] }) => {
        const { kind } = await ask(client.GET('/api/v1/me'))
        const params = { path: { inquiryId } }
        const inquiry =
          kind === 'member'
            ? await ask(client.POST('/api/v1/inquiries/{inquiryId}/solved', { params }))
            : await ask(client.POST('/api/v1/inquiries/{inquiryId}/close', { params }))
        return { value: inquiry, text: `${inquiry.id} is closed.` }
      }),
    )
}
