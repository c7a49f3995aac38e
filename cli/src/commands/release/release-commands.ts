// fairway release: versions of a product.
import type { Command } from 'commander'
import { addAmendRelease } from './amend-release.ts'
import { addDraftRelease } from './draft-release.ts'
import { addListReleases } from './list-releases.ts'
import { addPublishRelease } from './publish-release.ts'
import { addShowRelease } from './show-release.ts'
import { addWithdrawRelease } from './withdraw-release.ts'

export function addReleaseCommands(program: Command) {
  const release = program.command('release').description('versions of a product')
  for (const add of [addPublishRelease, addDraftRelease, addListReleases, addShowRelease, addAmendRelease, addWithdrawRelease])
    add(release)
}
