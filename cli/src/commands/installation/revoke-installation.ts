// fairway installation revoke: end its access at once.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'

export function addRevokeInstallation(parent: Command) {
  parent
    .command('revoke')
    .argument('<installation>', 'its id')
    .description('end its access at once')
    .action(
      run<[string]>(async ({ client }, { args: [installationId] }) => {
        const installation = await ask(
          client.POST('/api/v1/installations/{installationId}/revoke', { params: { path: { installationId } } }),
        )
        return {
          value: installation,
          text: `${installation.name} has no access any more. To connect that machine again, enrol it anew.`,
        }
      }),
    )
}
