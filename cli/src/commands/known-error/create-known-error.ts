// fairway known-error create: writes down a cause, so that it is answered once for everybody.
import type { Command } from 'commander'
import { Option } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'

interface Options {
  product: string
  title: string
  affected: string
  description?: string
  workaround?: string
  cause?: string
  state?: 'draft' | 'open' | 'closed'
}

export function addCreateKnownError(parent: Command) {
  parent
    .command('create')
    .requiredOption('--product <product>', 'whose fault it is')
    .requiredOption('--title <title>', 'in a line')
    .requiredOption('--affected <range>', 'affected versions, like ">=1.0.0 <1.1.1"')
    .option('--description <text>', 'what one sees')
    .option('--workaround <text>', 'what to do meanwhile')
    .option('--cause <text>', 'what we found out; never shown to customers')
    .addOption(new Option('--state <state>', 'drafts are seen by staff alone').choices(['draft', 'open', 'closed']))
    .description('write down a known error')
    .action(
      run<[], Options>(async ({ client }, { options }) => {
        const { product, affected, title, description, workaround, cause, state } = options
        const body = {
          productId: product,
          affectedVersions: affected,
          title,
          ...(description && { description }),
          ...(workaround && { workaround }),
          ...(cause && { cause }),
          ...(state && { state }),
        }
        const error = await ask(client.POST('/api/v1/known-errors', { body }))
        return {
          value: error,
          text: `${error.id} is written down. Link inquiries to it: fairway inquiry link INQ-… ${error.id}.`,
        }
      }),
    )
}
