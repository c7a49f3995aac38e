// fairway installation enroll: the command to run on the machine, with a token that works once.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { instant } from '../../terminal/layout.ts'

interface Options {
  organisation: string
  product: string
  channel: string
  name: string
}

export function addEnrollInstallation(parent: Command) {
  parent
    .command('enroll')
    .requiredOption('--organisation <id>', 'whose it is')
    .requiredOption('--product <product>', 'what runs there')
    .requiredOption('--channel <channel>', 'whose releases it gets')
    .requiredOption('--name <name>', 'what people call it')
    .description('print the command that connects a machine')
    .action(
      run<[], Options>(async ({ client, voice }, { options: { organisation, product, channel, name } }) => {
        const body = { organisationId: organisation, productId: product, channel, name }
        const enrolment = await ask(client.POST('/api/v1/enrolments', { body }))
        voice.note(`Run this on the machine, once, before ${instant(enrolment.expiresAt)}:`)
        return { value: enrolment, text: enrolment.command }
      }),
    )
}
