// Walks an update's steps: journal, step, next; turns round at a failure. May be killed anywhere and begun again.
import type { Agent } from '../agent.ts'
import { ServerProblem, StepFailure, isDiskFull, sentenceOf, systemCode } from '../agent-error.ts'
import { crashPoint } from '../crash.ts'
import { saveJournal, type Failure, type Journal } from '../journal.ts'
import { afterFailure, mayPauseBefore, phaseAt, planSteps, type Facts, type Step } from '../plan.ts'
import { readState } from '../state.ts'
import * as fetching from './fetch-steps.ts'
import { keepPlain } from './keep-plain-step.ts'
import { patch } from './patch-step.ts'
import * as settling from './settle-steps.ts'
import * as switching from './switch-steps.ts'

/** `later`: stopped where it can go on (a stop request, a server out of reach). */
export type Outcome = { kind: 'done' | 'later' } | { kind: 'failed'; failure: Failure }

/** A step may give back a changed journal. */
const performers: Record<Step, (agent: Agent, journal: Journal) => Promise<Journal | void>> = {
  patch,
  download: fetching.download,
  verify: fetching.verify,
  unpack: fetching.unpack,
  report_downloaded: (agent, journal) => settling.report(agent, journal, 'downloaded'),
  stop_old: switching.stopOld,
  switch: switching.switchTo,
  start_new: switching.startNew,
  report_installed: (agent, journal) => settling.report(agent, journal, 'installed'),
  prove_health: switching.proveNew,
  commit: settling.commit,
  stop_new: switching.stopNew,
  switch_back: switching.switchBack,
  remove_current: switching.switchBack,
  start_old: switching.startOld,
  prove_old: async (agent, journal) => withAfterword(journal, await switching.proveOld(agent, journal)),
  settle_back: settling.settleFailure,
  report_healthy: (agent, journal) => settling.report(agent, journal, 'healthy'),
  keep_plain: keepPlain,
  settle_failure: settling.settleFailure,
  report_failed: (agent, journal) => settling.report(agent, journal, 'failed'),
  report_rolled_back: (agent, journal) => settling.report(agent, journal, 'rolled_back'),
  sweep: settling.sweep,
  close: settling.close,
}

export async function walk(agent: Agent, journal: Journal): Promise<Outcome> {
  let at = journal
  try {
    for (const step of planSteps(at, await factsOf(agent, at))) {
      if (agent.stopping.aborted && mayPauseBefore(step)) return { kind: 'later' }
      at = await enter(agent, at, step)
      at = (await perform(agent, at, step)) ?? at
    }
  } catch (error) {
    return turnRound(agent, at, error)
  }
  return at.failure ? { kind: 'failed', failure: at.failure } : { kind: 'done' }
}

export async function factsOf(agent: Agent, journal: Journal): Promise<Facts> {
  const { settled } = await readState(agent.layout.stateFile)
  return { unpacked: await fetching.isUnpacked(agent, journal.target), settled: settled === journal.id }
}

/** Also for a walk that was cut off too often: the failure is then not an exception but a judgement. */
export async function giveUp(agent: Agent, journal: Journal, failure: Failure): Promise<Outcome> {
  agent.log.warn('the update failed', {
    releaseId: journal.target.releaseId,
    step: journal.step,
    code: failure.code,
    reason: failure.reason,
  })
  const turned = afterFailure(journal, failure, await readState(agent.layout.stateFile))
  await saveJournal(agent.layout.journal, turned).catch((error: unknown) => {
    // The old version matters more than the note of it: a disk that is full now must not keep it down.
    agent.log.error('the journal cannot be written; going back all the same', { reason: sentenceOf(error) })
  })
  return walk(agent, turned)
}

async function enter(agent: Agent, journal: Journal, step: Step): Promise<Journal> {
  const attempts = journal.attempts + (step === 'stop_old' ? 1 : 0)
  const entered = { ...journal, step, phase: phaseAt(step, journal.phase), attempts }
  try {
    await saveJournal(agent.layout.journal, entered)
  } catch (error) {
    if (journal.phase !== 'back') throw error
    agent.log.error('the journal cannot be written; going back all the same', { reason: sentenceOf(error) })
  }
  return entered
}

async function perform(agent: Agent, journal: Journal, step: Step): Promise<Journal | void> {
  crashPoint(step, 'before')
  agent.log.info('step', { step, version: journal.target.version, releaseId: journal.target.releaseId })
  const changed = await performers[step](agent, journal)
  crashPoint(step, 'after')
  return changed
}

async function turnRound(agent: Agent, journal: Journal, error: unknown): Promise<Outcome> {
  if (error instanceof ServerProblem) {
    if (agent.stopping.aborted) return { kind: 'later' }
    throw error
  }
  // There is nothing behind `back` and `fail`: the next start of the agent, or the next try, walks the same steps again.
  if (journal.phase === 'back' || journal.phase === 'fail' || (await factsOf(agent, journal)).settled) throw error
  // What was fetched may be what fills the disk, and the journal needs room as well.
  if (isDiskFull(error)) await settling.sweep(agent)
  return giveUp(agent, journal, failureOf(error))
}

function failureOf(error: unknown): Failure {
  if (error instanceof StepFailure) return { code: error.code, reason: error.message, lasting: error.lasting }
  if (isDiskFull(error)) return { code: 'disk_full', reason: `The disk is full (${systemCode(error)}).`, lasting: false }
  return { code: 'unexpected', reason: sentenceOf(error), lasting: false }
}

function withAfterword(journal: Journal, afterword: string | undefined): Journal {
  if (!afterword || !journal.failure) return journal
  return { ...journal, failure: { ...journal.failure, reason: `${journal.failure.reason} ${afterword}` } }
}
