// Brings the files of a draft to the server: what is there with the same digest stays, the rest is sent.
import { refused } from '../failure.ts'
import { ask } from '../reach/ask.ts'
import type { Session } from '../run.ts'
import type { Release } from './find-release.ts'
import type { MeasuredFile } from './measure-file.ts'
import { uploadFile } from './upload-file.ts'
import type { UploadMemory } from './upload-memory.ts'

export interface Put {
  uploaded: string[]
  skipped: string[]
}

interface Job {
  release: Release
  files: MeasuredFile[]
  replace: boolean
  memory: UploadMemory
}

export async function putFiles(session: Session, { release, files, replace, memory }: Job): Promise<Put> {
  const put: Put = { uploaded: [], skipped: [] }
  for (const file of files) {
    const there = sameMachine(release, file)
    if (there && there.sha256 === file.sha256) {
      put.skipped.push(file.name)
      session.voice.note(`${file.name} is there already.`)
    } else {
      if (there && !replace) throw differs(release, file, there.sha256)
      if (there) await removeArtifact(session, release.id, there.id)
      await putFile(session, { release, file, memory })
      put.uploaded.push(file.name)
    }
    await memory.forget(file)
  }
  return put
}

/** What of these a published release has not, or has otherwise; it cannot change any more. */
export function checkUnchanged(release: Release, files: MeasuredFile[]) {
  for (const file of files) {
    const there = sameMachine(release, file)
    if (there?.sha256 === file.sha256) continue
    throw refused(
      'release.published_otherwise',
      there
        ? `${release.productId} ${release.version} is ${release.state} with another file for ${file.platform}/${file.arch}: it has ${there.sha256}, yours is ${file.sha256}.`
        : `${release.productId} ${release.version} is ${release.state} without a file for ${file.platform}/${file.arch}.`,
      'What is published never changes. Give the new build a new version.',
    )
  }
}

async function putFile(
  { client, signIn, voice }: Session,
  { release, file, memory }: { release: Release; file: MeasuredFile; memory: UploadMemory },
) {
  const progress = voice.progress({ label: file.name, total: file.size, unit: 'bytes' })
  const { platform, arch, name, sha256 } = file
  try {
    const uploadId = await uploadFile(file, { signIn, memory, progress })
    const path = { releaseId: release.id }
    await ask(
      client.POST('/api/v1/releases/{releaseId}/artifacts', {
        params: { path },
        body: { uploadId, platform, arch, name, sha256 },
      }),
    )
  } finally {
    progress.end()
  }
}

function sameMachine({ artifacts }: Release, { platform, arch }: MeasuredFile) {
  return artifacts.find((artifact) => artifact.platform === platform && artifact.arch === arch)
}

function removeArtifact({ client }: Session, releaseId: string, artifactId: string) {
  return ask(
    client.DELETE('/api/v1/releases/{releaseId}/artifacts/{artifactId}', { params: { path: { releaseId, artifactId } } }),
  )
}

function differs({ productId, version }: Release, { platform, arch, sha256 }: MeasuredFile, there: string) {
  return refused(
    'artifact.differs',
    `The draft of ${productId} ${version} has another file for ${platform}/${arch}: it has ${there}, yours is ${sha256}.`,
    'Add --replace to take yours, or give the new build a new version.',
  )
}
