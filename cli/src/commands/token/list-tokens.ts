// fairway token list: your API tokens, without their secrets.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { instant, table } from '../../terminal/layout.ts'

export function addListTokens(parent: Command) {
  parent
    .command('list')
    .description('your API tokens')
    .action(
      run(async ({ client }) => {
        const list = await ask(client.GET('/api/v1/tokens'))
        const rows = list.items.map((one) => [
          one.id,
          one.name,
          one.scopes.join(','),
          one.expiresAt === null ? 'never' : instant(one.expiresAt),
          instant(one.lastUsedAt),
          one.revokedAt === null ? '' : instant(one.revokedAt),
        ])
        return { value: list, text: table(['ID', 'NAME', 'MAY', 'EXPIRES', 'LAST USED', 'REVOKED'], rows, 'You have no tokens.') }
      }),
    )
}
