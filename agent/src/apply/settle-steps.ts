// The steps that write down how an update ended: state, reports, and what may be removed.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Agent } from '../agent.ts'
import { removeDurably } from '../files.ts'
import { readJournal, type Journal, type ReportKind } from '../journal.ts'
import { removeKeptBut } from '../kept-plain.ts'
import { queueReport } from '../report-queue.ts'
import { readState, saveState, type Installed, type State } from '../state.ts'
import { folderAtCurrent } from './current-link.ts'

const maxReasonCharacters = 500
const maxRefusedKept = 200

/** The point of no return: from here on the new version is what runs here. */
export async function commit(agent: Agent, journal: Journal): Promise<void> {
  const { releaseId, version, sequence, folder } = journal.target
  const current: Installed = { releaseId, version, sequence, folder }
  await settle(agent, journal, (state) => ({
    ...state,
    current,
    history: [current, ...state.history.filter((known) => known.folder !== folder)].slice(0, agent.config.keepVersions),
    ...afterHealthy(state, journal),
    setback: null,
  }))
}

/** An older release comes this far only by a rollback that the vendor signed: what was left is not taken again, but what is newer than this is. */
function afterHealthy(state: State, { from, target }: Journal): Pick<State, 'highestSequence' | 'refused'> {
  const { sequence, version } = target
  if (!from || sequence >= state.highestSequence)
    return { highestSequence: Math.max(state.highestSequence, sequence), refused: state.refused }
  const left = { releaseId: from.releaseId, version: from.version, reason: `The vendor went back from it to ${version}.` }
  const others = state.refused.filter(({ releaseId }) => releaseId !== left.releaseId)
  return { highestSequence: sequence, refused: [...others, left].slice(-maxRefusedKept) }
}

/** What failed for good is refused here from now on; what may pass is only remembered, so that it is told once. */
export async function settleFailure(agent: Agent, journal: Journal): Promise<void> {
  const { releaseId, version } = journal.target
  const { code, reason, lasting } = journal.failure ?? { code: 'unknown', reason: 'unknown', lasting: false }
  await settle(agent, journal, (state) => {
    const others = state.refused.filter((known) => known.releaseId !== releaseId)
    const refused = lasting ? [...others, { releaseId, version, reason }].slice(-maxRefusedKept) : state.refused
    return { ...state, current: journal.from, refused, setback: lasting ? null : { releaseId, code, reason } }
  })
}

export async function report(agent: Agent, journal: Journal, kind: ReportKind): Promise<void> {
  const { target, from } = journal
  const version = kind === 'installed' || kind === 'healthy' ? target.version : (from?.version ?? null)
  const reason =
    kind === 'failed' || kind === 'rolled_back' ? journal.failure?.reason.slice(0, maxReasonCharacters).toWellFormed() : undefined
  const what = { reportId: journal.reportIds[kind], releaseId: target.releaseId, kind, version }
  const fetched = kind === 'downloaded' && target.artifact.plain ? journal.fetched : null
  await queueReport(agent.layout, { ...what, ...(reason && { reason }), ...(fetched && { fetched }) })
}

/** Keeps the proven versions that the configuration asks for; downloads are of no use once an update ended. Needs no room on the disk. */
export async function sweep(agent: Agent): Promise<void> {
  const { current, history } = await readState(agent.layout.stateFile)
  // What `current` names is kept even where the state does not know it: it may be what runs.
  const known = [current, ...history].map((installed) => installed?.folder)
  // While a switch is in the journal, a restart would want to go on with its version.
  const journal = await readJournal(agent.layout.journal)
  const kept = new Set([
    await folderAtCurrent(agent.layout),
    journal?.phase === 'switch' ? journal.target.folder : undefined,
    ...known,
  ])
  for (const folder of await readdir(agent.layout.versions)) {
    if (!kept.has(folder)) await removeDurably(join(agent.layout.versions, folder))
  }
  await removeKeptBut(agent.layout, current?.folder)
  for (const file of await readdir(agent.layout.downloads)) await removeDurably(join(agent.layout.downloads, file))
}

export async function close(agent: Agent): Promise<void> {
  await removeDurably(agent.layout.journal)
}

async function settle(agent: Agent, journal: Journal, change: (state: State) => State): Promise<void> {
  const state = change(await readState(agent.layout.stateFile))
  await saveState(agent.layout.stateFile, { ...state, settled: journal.id })
}
