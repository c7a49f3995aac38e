// fairway release show: one release with its files.
import type { Command } from 'commander'
import { getRelease } from '../../publish/find-release.ts'
import { run } from '../../run.ts'
import { facts, instant, section, table } from '../../terminal/layout.ts'

export function addShowRelease(parent: Command) {
  parent
    .command('show')
    .argument('<release>', 'like till@1.4.2, or its id')
    .description('one release with its files')
    .action(
      run<[string]>(async ({ client }, { args: [name] }) => {
        const release = await getRelease(client, name)
        const { id, productId, version, state, fixes, artifacts, publishedAt, withdrawnAt, withdrawnReason, notes } = release
        const withdrawn = withdrawnAt && `${instant(withdrawnAt)}: ${withdrawnReason ?? ''}`
        const known = facts({
          release: `${productId}@${version}`,
          id,
          state,
          fixes: fixes.join(', '),
          published: publishedAt && instant(publishedAt),
          withdrawn,
        })
        const rows = artifacts.map((one) => [`${one.platform}/${one.arch}`, one.name, one.size, one.sha256])
        const files = table(['FOR', 'FILE', 'BYTES', 'SHA256'], rows, 'No files yet.')
        return { value: release, text: `${known}\n\n${files}${section('Notes', notes)}` }
      }),
    )
}
