// Whether an update has room on the disk, asked before the first byte is fetched; what is only kept for patches makes room first.
import type { Agent } from '../agent.ts'
import { StepFailure } from '../agent-error.ts'
import { bytesNeeded, freeBytes } from '../disk-space.ts'
import type { Target } from '../journal.ts'
import { removeKeptBut } from '../kept-plain.ts'
import { downloadedFile, rebuiltFile, statOf } from './fetched-files.ts'

export async function refuseFullDisk(agent: Agent, target: Target): Promise<void> {
  const missing = await missingBytes(agent, target)
  if (missing <= 0) return
  await removeKeptBut(agent.layout, undefined)
  const stillMissing = await missingBytes(agent, target)
  if (stillMissing <= 0) return
  const free = await freeBytes(agent.layout.dir)
  const reason = `The disk is too full: ${megabytes(free + stillMissing)} MB are needed, ${megabytes(free)} MB are free.`
  throw new StepFailure({ code: 'disk_full', reason, lasting: false })
}

async function missingBytes({ layout }: Agent, target: Target): Promise<number> {
  const rebuilt = await rebuiltFile(layout, target)
  const there = (await statOf(rebuilt ?? downloadedFile(layout, target)))?.size ?? 0
  return bytesNeeded(target.artifact) - there - (await freeBytes(layout.dir))
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1_000_000)
}
