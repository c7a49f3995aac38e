// fairway organisation entitle: which products and channels a customer gets.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'

interface Options {
  product: string
  channel: string
  end?: boolean
}

export function addEntitleOrganisation(parent: Command) {
  parent
    .command('entitle')
    .argument('<organisation>', 'its id')
    .requiredOption('--product <product>', 'what it gets')
    .requiredOption('--channel <channel>', 'on which channel')
    .option('--end', 'it gets this no more')
    .description('entitle a customer to a product on a channel')
    .action(
      run<[string], Options>(async ({ client }, { args: [organisationId], options: { product: productId, channel, end } }) => {
        const params = { path: { organisationId, productId, channel } }
        const path = '/api/v1/organisations/{organisationId}/entitlements/{productId}/{channel}'
        await (end ? ask(client.DELETE(path, { params })) : ask(client.PUT(path, { params })))
        const is = end ? 'is not entitled any more' : 'is entitled'
        return { value: { ...params.path, entitled: !end }, text: `${organisationId} ${is} to ${productId} on ${channel}.` }
      }),
    )
}
