// fairway release publish: from files of a build to a release on its way, in one command that may be repeated.
import type { Command } from 'commander'
import { Failure } from '../../failure.ts'
import { checkBefore } from '../../publish/check-before.ts'
import { findRelease, type Release } from '../../publish/find-release.ts'
import { prepareRelease } from '../../publish/prepare-release.ts'
import { type PublishOptions, readDraftWish, readRolloutWish, type RolloutWish } from '../../publish/publish-wish.ts'
import { type Rollout, startRolloutOnce } from '../../publish/start-rollout.ts'
import { exitCodeOfRollout, watchRollout } from '../../publish/watch-rollout.ts'
import { ask } from '../../reach/ask.ts'
import { run, type Session } from '../../run.ts'
import { lineOf } from '../../terminal/rollout-view.ts'
import { withDraftOptions, withRolloutOptions } from './draft-options.ts'

const EXAMPLE = `
Example
  fairway release publish --product till --version 1.4.2 \\
    --file linux/x64=dist/till-1.4.2-linux-x64.tar.gz --notes-file NOTES.md --fixes KE-118 \\
    --rollout stable --steps 5:1h,25:1h,100:1h --watch

Run it again after a break: it goes on where it was. Run it again when all is done: it says so.
`

export function addPublishRelease(parent: Command) {
  const command = withDraftOptions(parent.command('publish')).option(
    '--rollout <channel>',
    'then start its rollout to this channel',
  )
  withRolloutOptions(command)
    .description('upload files, publish them as a release, and start its rollout')
    .addHelpText('after', EXAMPLE)
    .action(
      run<[], PublishOptions>(async (session, { options }) => {
        const [wish, rolloutWish] = [await readDraftWish(options), readRolloutWish(options)]
        await checkBefore(session, wish, rolloutWish)
        const prepared = await prepareRelease(session, wish)
        const wasPublished = prepared.release.state === 'published'
        const release = wasPublished ? prepared.release : await publish(session, prepared.release)
        const said = wasPublished
          ? `${nameOf(release)} is published already, with these files.`
          : `${nameOf(release)} is published.`
        if (rolloutWish) session.voice.note(said)
        const rollout = rolloutWish && (await rollOut(session, release, rolloutWish))
        const { uploaded, skipped } = prepared
        return {
          value: { release, uploaded, skipped, alreadyPublished: wasPublished, rollout: rollout ?? null },
          text: rollout ? `${nameOf(release)} to ${rollout.channel}: ${lineOf(rollout)}` : said,
          exitCode: rollout ? exitCodeOfRollout(rollout) : 0,
        }
      }),
    )
}

async function publish({ client }: Session, release: Release): Promise<Release> {
  try {
    return await ask(client.POST('/api/v1/releases/{releaseId}/publish', { params: { path: { releaseId: release.id } } }))
  } catch (error) {
    // Another job of the same build was quicker; drafts cannot change between, since digests were compared.
    const now = error instanceof Failure && error.code === 'release.not_a_draft' ? await findRelease(client, release) : undefined
    if (now?.state !== 'published') throw error
    return now
  }
}

async function rollOut(session: Session, release: Release, wish: RolloutWish): Promise<Rollout> {
  const rollout = await startRolloutOnce(session, release, wish)
  return wish.watch ? watchRollout(session, rollout) : rollout
}

function nameOf({ productId, version }: Release) {
  return `${productId} ${version}`
}
