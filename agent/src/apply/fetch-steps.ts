// The steps before anything that runs is touched: download, verify, unpack.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Agent } from '../agent.ts'
import { StepFailure } from '../agent-error.ts'
import { digestsOf } from '../digest.ts'
import { downloadArtifact } from '../download.ts'
import { syncFolder } from '../files.ts'
import type { Journal, Target } from '../journal.ts'
import { createProgress } from '../progress.ts'
import { plainKindOf } from '../plain-content.ts'
import { unpackArtifact } from '../unpack.ts'
import { downloadedFile, rebuiltFile, statOf } from './fetched-files.ts'
import { refuseFullDisk } from './room.ts'

export async function download(agent: Agent, journal: Journal): Promise<Journal> {
  const { target, fetched } = journal
  if (await rebuiltFile(agent.layout, target)) return journal
  const { name, size, sha256, url } = target.artifact
  await refuseFullDisk(agent, target)
  const progress = createProgress(agent.log, name, size)
  try {
    const file = downloadedFile(agent.layout, target)
    await downloadArtifact(agent.session, { url, file, size, sha256, signal: agent.stopping, onProgress: progress.at })
    await syncFolder(agent.layout.downloads)
  } finally {
    progress.end()
  }
  return { ...journal, fetched: { bytes: (fetched?.bytes ?? 0) + size, how: 'whole' } }
}

export async function verify(agent: Agent, { target }: Journal): Promise<void> {
  // Verified when it was rebuilt, or found again, in this very walk.
  if (await rebuiltFile(agent.layout, target)) return
  const file = downloadedFile(agent.layout, target)
  const { sha256, sha512 } = await digestsOf(file)
  if (sha256 === target.artifact.sha256 && sha512 === target.artifact.sha512) return
  await rm(file)
  // Not lasting: the release is signed and fine, something on the way changed the bytes.
  throw new StepFailure({
    code: 'digest_wrong',
    reason: 'The downloaded file is not the one that was signed: its digest differs.',
    lasting: false,
  })
}

export async function unpack({ layout }: Agent, { target }: Journal): Promise<void> {
  const { kind, name, size } = target.artifact
  const folder = join(layout.versions, target.folder)
  const rebuilt = await rebuiltFile(layout, target)
  const source =
    rebuilt === undefined ? { file: downloadedFile(layout, target), kind } : { file: rebuilt, kind: plainKindOf(kind) }
  // The limits are those of the artifact, whichever way its content came.
  await unpackArtifact({ ...source, archiveBytes: size, name, folder })
}

export async function isUnpacked(agent: Agent, { folder }: Target): Promise<boolean> {
  return (await statOf(join(agent.layout.versions, folder)))?.isDirectory() ?? false
}
