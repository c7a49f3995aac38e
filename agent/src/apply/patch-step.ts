// The step that needs few bytes: rebuilds the new content from what runs here and a patch. It can never stop an update; the whole file is the way then.
import { rename } from 'node:fs/promises'
import type { PlainContent } from '@fairway/trust'
import type { Agent } from '../agent.ts'
import { ServerProblem, sentenceOf } from '../agent-error.ts'
import { unreachable } from '../ask-server.ts'
import { digestsOf } from '../digest.ts'
import { removeDurably, syncFolder } from '../files.ts'
import type { Journal } from '../journal.ts'
import { findKept, type KeptPlain } from '../kept-plain.ts'
import { fetchPatched, whyNotPatch } from '../patch.ts'
import { plainFile, rebuiltFile } from './fetched-files.ts'
import { refuseFullDisk } from './room.ts'

/** Leaves the whole new content in downloads/, verified, or nothing of it. */
export async function patch(agent: Agent, journal: Journal): Promise<Journal> {
  const { target, from } = journal
  await refuseFullDisk(agent, target)
  const { plain } = target.artifact
  if (plain && (await isRebuilt(agent, journal, plain))) return journal
  const begun = { ...journal, fetched: null }
  const dictionary = plain && from ? await findKept(agent.layout, from.folder) : undefined
  if (!plain || !dictionary) return begun
  const reason = whyNotPatch(dictionary, plain, process.availableMemory())
  if (reason !== undefined) return goWithout(agent, begun, { bytes: 0, reason })
  return rebuild(agent, begun, { dictionary, plain })
}

async function rebuild(agent: Agent, journal: Journal, { dictionary, plain }: { dictionary: KeptPlain; plain: PlainContent }) {
  const { layout, session, stopping, log } = agent
  const { url, size } = journal.target.artifact
  // Known: there is a plain content.
  const file = plainFile(layout, journal.target) as string
  let bytes = 0
  try {
    const onBytes = (more: number) => void (bytes += more)
    await fetchPatched(session, {
      url,
      dictionary,
      target: plain,
      file: `${file}.part`,
      maxBytes: size,
      signal: stopping,
      onBytes,
    })
    await rename(`${file}.part`, file)
    await syncFolder(layout.downloads)
  } catch (error) {
    await removeDurably(`${file}.part`)
    if (stopping.aborted) throw error instanceof ServerProblem ? error : unreachable(error)
    return goWithout(agent, journal, { bytes, reason: sentenceOf(error) })
  }
  log.info('rebuilt from a patch', { version: journal.target.version, bytes, size })
  return { ...journal, fetched: { bytes, how: 'patch' as const } }
}

function goWithout({ log }: Agent, journal: Journal, { bytes, reason }: { bytes: number; reason: string }): Journal {
  log.info('no patch; the whole file is fetched', { version: journal.target.version, reason, bytes })
  return { ...journal, fetched: { bytes, how: 'whole' } }
}

/** Read again: it may lie there since before a crash. */
async function isRebuilt({ layout }: Agent, { target }: Journal, { sha256 }: PlainContent): Promise<boolean> {
  const file = await rebuiltFile(layout, target)
  if (file === undefined) return false
  if ((await digestsOf(file)).sha256 === sha256) return true
  await removeDurably(file)
  return false
}
