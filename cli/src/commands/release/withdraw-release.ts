// fairway release withdraw: from now on it is offered to nobody; who runs it keeps it.
import type { Command } from 'commander'
import { getRelease } from '../../publish/find-release.ts'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'

export function addWithdrawRelease(parent: Command) {
  parent
    .command('withdraw')
    .argument('<release>', 'like till@1.4.2, or its id')
    .requiredOption('--reason <text>', 'why; it is shown')
    .description('offer it to nobody any more')
    .action(
      run<[string], { reason: string }>(async ({ client }, { args: [name], options: { reason } }) => {
        const { id: releaseId } = await getRelease(client, name)
        const release = await ask(
          client.POST('/api/v1/releases/{releaseId}/withdraw', { params: { path: { releaseId } }, body: { reason } }),
        )
        return {
          value: release,
          text: `${release.productId} ${release.version} is withdrawn: nobody is offered it. Installations that run it keep it.`,
        }
      }),
    )
}
