// fairway release draft: makes or completes a draft, for several jobs of a build that each bring a file, or to publish it later.
import type { Command } from 'commander'
import { checkBefore } from '../../publish/check-before.ts'
import { prepareRelease } from '../../publish/prepare-release.ts'
import { type DraftOptions, readDraftWish } from '../../publish/publish-wish.ts'
import { run } from '../../run.ts'
import { withDraftOptions } from './draft-options.ts'

export function addDraftRelease(parent: Command) {
  withDraftOptions(parent.command('draft'))
    .description('make or complete a draft, without publishing it')
    .action(
      run<[], DraftOptions>(async (session, { options }) => {
        const wish = await readDraftWish(options)
        await checkBefore(session, wish, undefined)
        const { release, uploaded, skipped } = await prepareRelease(session, wish)
        const name = `${release.productId}@${release.version}`
        const text =
          release.state === 'draft'
            ? `The draft ${name} has ${release.artifacts.length} files, ${uploaded.length} of them new. Publish it: fairway release publish --product ${release.productId} --version ${release.version}.`
            : `${name} is ${release.state} already, with these files.`
        return { value: { release, uploaded, skipped }, text }
      }),
    )
}
