// fairway release amend: changes the notes of a release, or which known errors it fixes.
import type { Command } from 'commander'
import { collectWords } from '../../arguments/words.ts'
import { wrongUsage } from '../../failure.ts'
import { checkKnownError } from '../../publish/check-before.ts'
import { getRelease } from '../../publish/find-release.ts'
import { readWords } from '../../publish/publish-wish.ts'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'

interface Options {
  notes?: string
  notesFile?: string
  fixes?: string[]
}

export function addAmendRelease(parent: Command) {
  parent
    .command('amend')
    .argument('<release>', 'like till@1.4.2, or its id')
    .option('--notes <text>', 'what changed, Markdown')
    .option('--notes-file <path>', 'the same from a file')
    .option('--fixes <ids>', 'all known errors that it fixes, like KE-118,KE-120; "" for none', collectWords)
    .description('change notes or fixes; the files of a published release never change')
    .action(
      run<[string], Options>(async (session, { args: [name], options }) => {
        const { notes, fixes } = await readWords(options)
        if (notes === undefined && fixes === undefined)
          throw wrongUsage('There is nothing to change.', 'Give --notes, --notes-file or --fixes.')
        const { id: releaseId, productId } = await getRelease(session.client, name)
        for (const knownErrorId of fixes ?? []) await checkKnownError(session, knownErrorId, productId)
        const body = { ...(notes !== undefined && { notes }), ...(fixes && { fixes }) }
        const release = await ask(session.client.PATCH('/api/v1/releases/{releaseId}', { params: { path: { releaseId } }, body }))
        return {
          value: release,
          text: `${release.productId} ${release.version} is amended. It fixes ${release.fixes.join(', ') || 'no known error'}.`,
        }
      }),
    )
}
