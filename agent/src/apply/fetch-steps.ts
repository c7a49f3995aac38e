// The steps before anything that runs is touched: download, verify, unpack.
import { stat, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Agent } from '../agent.ts'
import { StepFailure, systemCode } from '../agent-error.ts'
import { digestsOf } from '../digest.ts'
import { bytesNeeded, freeBytes } from '../disk-space.ts'
import { downloadArtifact } from '../download.ts'
import { syncFolder } from '../files.ts'
import type { Journal, Target } from '../journal.ts'
import { createProgress } from '../progress.ts'
import { unpackArtifact } from '../unpack.ts'

export async function download(agent: Agent, { target }: Journal): Promise<void> {
  const { name, size, sha256, url } = target.artifact
  await refuseFullDisk(agent, target)
  const progress = createProgress(agent.log, name, size)
  try {
    const file = downloadedFile(agent, target)
    await downloadArtifact(agent.session, { url, file, size, sha256, signal: agent.stopping, onProgress: progress.at })
    await syncFolder(agent.layout.downloads)
  } finally {
    progress.end()
  }
}

export async function verify(agent: Agent, { target }: Journal): Promise<void> {
  const file = downloadedFile(agent, target)
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

export async function unpack(agent: Agent, { target }: Journal): Promise<void> {
  const { kind, name } = target.artifact
  await unpackArtifact({ file: downloadedFile(agent, target), kind, name, folder: join(agent.layout.versions, target.folder) })
}

export async function isUnpacked(agent: Agent, { folder }: Target): Promise<boolean> {
  return (await statOf(join(agent.layout.versions, folder)))?.isDirectory() ?? false
}

// Named by its digest: what lies there is always a beginning of this very file.
function downloadedFile(agent: Agent, { artifact }: Target): string {
  return join(agent.layout.downloads, `${artifact.sha256}.part`)
}

async function refuseFullDisk(agent: Agent, target: Target): Promise<void> {
  const there = (await statOf(downloadedFile(agent, target)))?.size ?? 0
  const needed = bytesNeeded(target.artifact) - there
  const free = await freeBytes(agent.layout.dir)
  if (free >= needed) return
  const reason = `The disk is too full: ${megabytes(needed)} MB are needed, ${megabytes(free)} MB are free.`
  throw new StepFailure({ code: 'disk_full', reason, lasting: false })
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1_000_000)
}

async function statOf(path: string) {
  try {
    return await stat(path)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}
