// fairway inquiry note: writes down what customers never see.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { readText, withText } from './text-option.ts'

interface Options {
  text?: string
  textFile?: string
}

export function addNoteInquiry(parent: Command) {
  withText(parent.command('note').argument('<inquiry>', 'its id, like INQ-2041'))
    .description('add a note that customers never see')
    .action(
      run<[string], Options>(async ({ client }, { args: [inquiryId], options }) => {
        const body = { text: await readText(options) }
        const inquiry = await ask(client.POST('/api/v1/inquiries/{inquiryId}/notes', { params: { path: { inquiryId } }, body }))
        return { value: inquiry, text: `${inquiry.id} has your note.` }
      }),
    )
}
