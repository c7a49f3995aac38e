// The step that keeps the plain content of what runs now, for the next patch. Nothing depends on it: where it fails the next update is fetched whole.
import { createReadStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { PlainContent } from '@fairway/trust'
import type { Agent } from '../agent.ts'
import { sentenceOf } from '../agent-error.ts'
import { freeBytes, marginBytes } from '../disk-space.ts'
import { removeDurably, syncFolder } from '../files.ts'
import type { Journal, Target } from '../journal.ts'
import { findKept, keptFile, maxKeptBytes, removeKeptBut } from '../kept-plain.ts'
import { createDecompressor, plainKindOf, type FileKind } from '../plain-content.ts'
import { writeVerified } from '../verified-file.ts'
import { downloadedFile, rebuiltFile } from './fetched-files.ts'

export async function keepPlain(agent: Agent, { target }: Journal): Promise<void> {
  const { layout, log } = agent
  try {
    // What was kept of the version before first: there may be room for one only.
    await removeKeptBut(layout, target.folder)
    if (await findKept(layout, target.folder)) return
    const { plain } = target.artifact
    if (plain && plain.size <= maxKeptBytes) await keep(agent, target, plain)
  } catch (error) {
    log.warn('the content of this version could not be kept; the next update is fetched whole', {
      version: target.version,
      reason: sentenceOf(error),
    })
  }
}

async function keep({ layout }: Agent, target: Target, plain: PlainContent): Promise<void> {
  const kept = keptFile(layout, target.folder, plain.sha256)
  const rebuilt = await rebuiltFile(layout, target)
  const fetched = downloadedFile(layout, target)
  const { kind } = target.artifact
  if (rebuilt !== undefined) await rename(rebuilt, kept)
  else if (plainKindOf(kind) === kind) await rename(fetched, kept)
  else if ((await freeBytes(layout.dir)) >= plain.size + marginBytes) await unpackTo(kept, { fetched, kind, plain })
  await syncFolder(layout.plain)
}

/** A half-written one has another name, and the sweep takes it away. */
async function unpackTo(kept: string, { fetched, kind, plain }: { fetched: string; kind: FileKind; plain: PlainContent }) {
  const part = `${kept}.part`
  try {
    await pipeline(createReadStream(fetched), createDecompressor(kind), (content: AsyncIterable<Uint8Array>) =>
      writeVerified(part, content, plain),
    )
    await rename(part, kept)
  } finally {
    await removeDurably(part)
  }
}
