// fairway installation retire: it is gone: count it no more.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'

export function addRetireInstallation(parent: Command) {
  parent
    .command('retire')
    .argument('<installation>', 'its id')
    .description('it is gone: count it no more')
    .action(
      run<[string]>(async ({ client }, { args: [installationId] }) => {
        const installation = await ask(
          client.POST('/api/v1/installations/{installationId}/retire', { params: { path: { installationId } } }),
        )
        return { value: installation, text: `${installation.name} is retired: it is not counted any more.` }
      }),
    )
}
