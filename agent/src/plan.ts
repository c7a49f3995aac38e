// Which steps an update takes, from its beginning, after a failure and after a crash; pure.
import type { Failure, Journal, Phase } from './journal.ts'
import type { State } from './state.ts'

export const forwardSteps = ['patch', 'download', 'verify', 'unpack', 'report_downloaded'] as const
export const switchSteps = ['stop_old', 'switch', 'start_new', 'report_installed', 'prove_health', 'commit'] as const
export const backSteps = ['stop_new', 'switch_back', 'remove_current', 'start_old', 'prove_old', 'settle_back'] as const
export const endSteps = [
  'report_healthy',
  'keep_plain',
  'settle_failure',
  'report_failed',
  'report_rolled_back',
  'sweep',
  'close',
] as const
export const allSteps = [...forwardSteps, ...switchSteps, ...backSteps, ...endSteps] as const
export type Step = (typeof allSteps)[number]

/** What the disk says. `unpacked`: the version's folder is complete. `settled`: state.json already holds this journal's outcome. */
export interface Facts {
  unpacked: boolean
  settled: boolean
}

export const maxAttempts = 3

/**
 * What is left to do. Within `switch` and `back` a resumed walk begins again at the stop: nobody can tell whether a start
 * command that was cut off had its effect, and the machine may have been restarted meanwhile.
 */
export function planSteps(journal: Pick<Journal, 'phase' | 'from' | 'silent'>, facts: Facts): Step[] {
  const healthyEnd: Step[] = ['report_healthy', 'keep_plain', 'sweep', 'close']
  if (journal.phase === 'fetch') {
    const fetching: Step[] = facts.unpacked ? ['report_downloaded'] : [...forwardSteps]
    return [...fetching, ...switchSteps, ...healthyEnd]
  }
  if (journal.phase === 'switch') return facts.settled ? healthyEnd : [...switchSteps, ...healthyEnd]
  return [...(facts.settled ? [] : goingBack(journal)), ...failureReports(journal), 'sweep', 'close']
}

function goingBack({ phase, from }: Pick<Journal, 'phase' | 'from'>): Step[] {
  if (phase === 'fail') return ['settle_failure']
  if (!from) return ['stop_new', 'remove_current', 'settle_back']
  return ['stop_new', 'switch_back', 'start_old', 'prove_old', 'settle_back']
}

function failureReports({ phase, from, silent }: Pick<Journal, 'phase' | 'from' | 'silent'>): Step[] {
  if (silent) return []
  return phase === 'back' && from ? ['report_failed', 'report_rolled_back'] : ['report_failed']
}

/** The phase that the journal has from this step on. */
export function phaseAt(step: Step, phase: Phase): Phase {
  return step === 'stop_old' ? 'switch' : phase
}

/** Turns the walk round: the old version was never touched in `fetch`; afterwards it must be brought back. */
export function afterFailure(journal: Journal, failure: Failure, state: Pick<State, 'setback'>): Journal {
  const told = state.setback?.releaseId === journal.target.releaseId && state.setback.code === failure.code
  return { ...journal, phase: journal.phase === 'fetch' ? 'fail' : 'back', failure, silent: told && !failure.lasting }
}

/** A start of the agent finds a journal: only a download may wait for the server; from the stop on the software may be down. */
export function onStart(journal: Journal, facts: Facts): 'ask_server' | 'resume' | 'give_up' {
  if (journal.phase === 'fetch') return 'ask_server'
  return journal.phase === 'switch' && !facts.settled && journal.attempts >= maxAttempts ? 'give_up' : 'resume'
}

/** While the software is switched a stop request waits: neither version would be running. */
export function mayPauseBefore(step: Step): boolean {
  const atomic: readonly Step[] = [...switchSteps.slice(1), ...backSteps]
  return !atomic.includes(step)
}

export type Decision =
  | { kind: 'current' | 'held' }
  | { kind: 'refused'; code: string; reason: string }
  | { kind: 'offered'; releaseId: string }

/** What to do with the server's answer, where `journal` can only be one that still fetches. */
export function decide(
  decision: Decision,
  state: Pick<State, 'current' | 'refused'>,
  journal?: Journal,
): 'idle' | 'abandon' | 'continue' | 'begin' | 'refuse' {
  if (decision.kind !== 'offered') return journal ? 'abandon' : decision.kind === 'refused' ? 'refuse' : 'idle'
  if (state.refused.some(({ releaseId }) => releaseId === decision.releaseId)) return 'refuse'
  if (state.current?.releaseId === decision.releaseId) return journal ? 'abandon' : 'idle'
  return journal?.target.releaseId === decision.releaseId ? 'continue' : 'begin'
}
