// fairway inquiry answer: writes to the other side.
import type { Command } from 'commander'
import { Option } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { readText, withText } from './text-option.ts'

interface Options {
  text?: string
  textFile?: string
  turn?: 'with_us' | 'waits_for_customer'
}

export function addAnswerInquiry(parent: Command) {
  withText(parent.command('answer').argument('<inquiry>', 'its id, like INQ-2041'))
    .addOption(
      new Option('--turn <turn>', 'staff: whose turn it is then (default: waits_for_customer)').choices([
        'with_us',
        'waits_for_customer',
      ]),
    )
    .description('answer; the other side is told')
    .action(
      run<[string], Options>(async ({ client }, { args: [inquiryId], options }) => {
        const body = { text: await readText(options), ...(options.turn && { status: options.turn }) }
        const inquiry = await ask(
          client.POST('/api/v1/inquiries/{inquiryId}/messages', { params: { path: { inquiryId } }, body }),
        )
        return { value: inquiry, text: `${inquiry.id} is answered; it is ${inquiry.status}.` }
      }),
    )
}
