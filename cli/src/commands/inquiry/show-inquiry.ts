// fairway inquiry show: one inquiry and all that was said.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { textOf } from './inquiry-text.ts'

export function addShowInquiry(parent: Command) {
  parent
    .command('show')
    .argument('<inquiry>', 'its id, like INQ-2041')
    .description('one inquiry, and all that was said')
    .action(
      run<[string]>(async ({ client }, { args: [inquiryId] }) => {
        const inquiry = await ask(client.GET('/api/v1/inquiries/{inquiryId}', { params: { path: { inquiryId } } }))
        return { value: inquiry, text: textOf(inquiry) }
      }),
    )
}
