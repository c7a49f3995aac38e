// fairway organisation create: a new customer.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'

export function addCreateOrganisation(parent: Command) {
  parent
    .command('create')
    .argument('<name>', 'what the customer is called')
    .option('--language <code>', 'of its people, like de')
    .description('make a customer organisation')
    .action(
      run<[string], { language?: string }>(async ({ client }, { args: [name], options: { language } }) => {
        const organisation = await ask(client.POST('/api/v1/organisations', { body: { name, ...(language && { language }) } }))
        const { id } = organisation
        return {
          value: organisation,
          text: `${organisation.name} is there as ${id}.\nNext: fairway organisation entitle ${id} --product … --channel ….`,
        }
      }),
    )
}
