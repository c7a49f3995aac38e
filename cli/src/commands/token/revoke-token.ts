// fairway token revoke: ends one of your tokens at once.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'

export function addRevokeToken(parent: Command) {
  parent
    .command('revoke')
    .argument('<token>', 'its id, tk_…')
    .description('end one of your tokens at once')
    .action(
      run<[string]>(async ({ client }, { args: [tokenId] }) => {
        await ask(client.DELETE('/api/v1/tokens/{tokenId}', { params: { path: { tokenId } } }))
        return { value: { tokenId, revoked: true }, text: `${tokenId} opens nothing any more.` }
      }),
    )
}
