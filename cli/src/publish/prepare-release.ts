// Brings a release to where it can be published: draft, notes, fixes, files. Done again, it goes on where it was.
import { join } from 'node:path'
import { Failure, refused } from '../failure.ts'
import { ask } from '../reach/ask.ts'
import { stateFolder } from '../reach/settings-file.ts'
import type { Session } from '../run.ts'
import { findRelease, type Release } from './find-release.ts'
import { measureFile, type MeasuredFile } from './measure-file.ts'
import type { DraftWish } from './publish-wish.ts'
import { checkUnchanged, type Put, putFiles } from './put-files.ts'
import { createUploadMemory } from './upload-memory.ts'

export interface Prepared extends Put {
  release: Release
}

export async function prepareRelease(session: Session, wish: DraftWish): Promise<Prepared> {
  const files: MeasuredFile[] = []
  for (const file of wish.files) files.push(await measureFile(file))
  const release = await findOrCreate(session, wish)
  if (release.state === 'withdrawn')
    throw refused(
      'release.withdrawn',
      `${wish.productId} ${wish.version} was withdrawn: ${release.withdrawnReason ?? 'no reason was given'}.`,
      'Give the new build a new version.',
    )
  if (release.state === 'published') {
    checkUnchanged(release, files)
    tellOfOtherWords(session, release, wish)
    return { release, uploaded: [], skipped: files.map(({ name }) => name) }
  }
  const { server } = session.signIn
  const memory = createUploadMemory({ folder: join(stateFolder(process.env), 'uploads'), server })
  const put = await putFiles(session, { release, files, replace: wish.replace, memory })
  return { ...put, release: await bringWords(session, release, wish) }
}

async function findOrCreate({ client }: Session, wish: DraftWish): Promise<Release> {
  const { productId, version, notes, fixes, minimumVersion } = wish
  const found = await findRelease(client, wish)
  if (found) return found
  try {
    const body = {
      productId,
      version,
      ...(notes !== undefined && { notes }),
      ...(fixes && { fixes }),
      ...(minimumVersion !== undefined && { minimumVersion }),
    }
    return await ask(client.POST('/api/v1/releases', { body }))
  } catch (error) {
    // Another job of the same build was quicker.
    const made = error instanceof Failure && error.code === 'release.exists' ? await findRelease(client, wish) : undefined
    if (!made) throw error
    return made
  }
}

/** Notes and fixes of a draft follow the command; the answer has its files too. */
async function bringWords({ client }: Session, release: Release, { notes, fixes }: DraftWish): Promise<Release> {
  const params = { path: { releaseId: release.id } }
  if (!areOther(release, { notes, fixes })) return ask(client.GET('/api/v1/releases/{releaseId}', { params }))
  const body = { ...(notes !== undefined && { notes }), ...(fixes && { fixes }) }
  return ask(client.PATCH('/api/v1/releases/{releaseId}', { params, body }))
}

function tellOfOtherWords({ voice }: Session, release: Release, wish: DraftWish) {
  if (areOther(release, wish))
    voice.note(
      `Its notes or fixes are other than yours, and stay so. To change them: fairway release amend ${release.productId}@${release.version}.`,
    )
}

function areOther(release: Release, { notes, fixes }: Pick<DraftWish, 'notes' | 'fixes'>) {
  const otherFixes = fixes && [...fixes].sort().join() !== [...release.fixes].sort().join()
  return (notes !== undefined && notes !== release.notes) || otherFixes === true
}
