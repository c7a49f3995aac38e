// fairway inquiry open: asks, for oneself or for a customer who asked by another way.
import type { Command } from 'commander'
import { Option } from 'commander'
import { collectWords } from '../../arguments/words.ts'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { readText, withText } from './text-option.ts'

interface Options {
  title: string
  text?: string
  textFile?: string
  kind?: 'question' | 'incident_report' | 'service_request'
  organisation?: string
  installation?: string[]
}

export function addOpenInquiry(parent: Command) {
  withText(parent.command('open').requiredOption('--title <title>', 'in a line'))
    .addOption(new Option('--kind <kind>').choices(['question', 'incident_report', 'service_request']).default('question'))
    .option('--organisation <id>', 'staff say for whom')
    .option('--installation <ids>', 'which installations it is about; version and health are added by themselves', collectWords)
    .description('open an inquiry')
    .action(
      run<[], Options>(async ({ client }, { options }) => {
        const { title, kind = 'question', organisation, installation } = options
        const body = {
          title,
          kind,
          text: await readText(options),
          ...(organisation && { organisationId: organisation }),
          ...(installation && { installationIds: installation }),
        }
        const inquiry = await ask(client.POST('/api/v1/inquiries', { body }))
        return { value: inquiry, text: `${inquiry.id} is open.` }
      }),
    )
}
