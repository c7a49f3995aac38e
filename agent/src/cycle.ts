// One cycle of the agent: finish what was begun, tell, ask, and do what the answer asks for.
import type { Agent } from './agent.ts'
import { close, sweep } from './apply/settle-steps.ts'
import { factsOf, giveUp, walk, type Outcome } from './apply/walk.ts'
import { checkIn, type CheckInAnswer } from './check.ts'
import { saveContact, saveTrouble } from './contact.ts'
import { checkHealth, type HealthWord } from './health.ts'
import { createJournal, readJournal, saveJournal, type Journal, type Target } from './journal.ts'
import { decide, maxAttempts, onStart, type Decision } from './plan.ts'
import { sendReports } from './report-queue.ts'
import { readState, type State } from './state.ts'
import { isBootstrapped } from './trust/first-root.ts'
import { freshenTrust } from './trust/freshen.ts'
import { judgeOffer } from './trust/judge-offer.ts'
import { tellSetback } from './trust/tell-setback.ts'

/** `trouble`: why the next try should wait longer. `walked`: an update was tried. */
export interface CycleResult {
  pollSeconds: number
  health: HealthWord
  answer: CheckInAnswer
  walked: boolean
  trouble: string | null
}

/** Throws a ServerProblem where the server does not answer; what was begun stays on disk. */
export async function runCycle(agent: Agent): Promise<CycleResult> {
  const resumed = await resumeWalk(agent)
  await freshenTrust(agent)
  const told = await tell(agent)
  const outcome = agent.stopping.aborted ? undefined : await follow(agent, told.answer)
  const walked = (outcome?.walked ?? false) || resumed !== undefined
  const trouble = outcome?.trouble ?? troubleOf(resumed)
  if (trouble !== null && !outcome?.walked) await saveTrouble(agent.layout.contact, trouble)
  if (!outcome?.walked || agent.stopping.aborted) return { ...told, walked, trouble }
  // The server should not wait a whole interval to hear what became of it.
  return { ...(await tell(agent, trouble)), walked, trouble }
}

/** Sends the waiting reports, then checks in with the health of this moment. */
export async function tell(agent: Agent, trouble: string | null = null) {
  const { layout, session, log } = agent
  await sendReports(layout, session, log)
  const state = await readState(layout.stateFile)
  const health = await healthNow(agent, state)
  const answer = await checkIn(session, { state, health, isBootstrapped: await isBootstrapped(layout) })
  const why = answer.decision === 'held' ? answer.text : undefined
  log.info('checked in', { version: state.current?.version ?? 'none', health, decision: answer.decision, because: why })
  await saveContact(layout.contact, {
    at: new Date().toISOString(),
    decision: [answer.decision, why].filter(Boolean).join(': '),
    health,
    trouble,
  })
  return { answer, health, pollSeconds: answer.pollSeconds }
}

export async function healthNow({ layout, config }: Pick<Agent, 'layout' | 'config'>, { current }: State): Promise<HealthWord> {
  if (!current) return 'unknown'
  return (await checkHealth(layout, config, current.version)).ok ? 'healthy' : 'unhealthy'
}

async function resumeWalk(agent: Agent): Promise<Outcome | undefined> {
  const journal = await readJournal(agent.layout.journal)
  if (!journal) return undefined
  const next = onStart(journal, await factsOf(agent, journal))
  if (next === 'ask_server') return undefined
  agent.log.warn('an update was cut off; going on with it', {
    phase: journal.phase,
    step: journal.step,
    version: journal.target.version,
  })
  if (next === 'resume') return walk(agent, journal)
  const reason = `The agent was ended ${maxAttempts} times while it switched to ${journal.target.version}.`
  return giveUp(agent, journal, { code: 'interrupted', reason, lasting: true })
}

interface Followed {
  walked: boolean
  trouble: string | null
}

async function follow(agent: Agent, answer: CheckInAnswer): Promise<Followed> {
  const verdict = await judge(agent, answer)
  // Nothing is wrong with the release: what was fetched of it stays for the next try.
  if (verdict.kind === 'later') return { walked: false, trouble: verdict.reason }
  const { decision, target } = verdict
  const state = await readState(agent.layout.stateFile)
  const journal = await readJournal(agent.layout.journal)
  const next = decide(decision, state, journal)
  if (next === 'abandon') await abandon(agent)
  if (next === 'refuse') return { walked: false, trouble: refuse(agent, decision) }
  if (!target || next === 'idle' || next === 'abandon') return { walked: false, trouble: null }
  return walkTo(agent, target, next === 'continue' && journal ? { ...journal, target } : createJournal(target, state.current))
}

async function walkTo(agent: Agent, target: Target, journal: Journal): Promise<Followed> {
  await saveJournal(agent.layout.journal, journal)
  const outcome = await walk(agent, journal)
  agent.log.info('update ended', { version: target.version, outcome: outcome.kind })
  return { walked: true, trouble: troubleOf(outcome) }
}

type Judged = { kind: 'judged'; decision: Decision; target?: Target } | { kind: 'later'; reason: string }

/** The server's answer as the plan understands it: an offer counts only once it is verified. */
async function judge(agent: Agent, answer: CheckInAnswer): Promise<Judged> {
  if (answer.decision !== 'update') return { kind: 'judged', decision: { kind: answer.decision } }
  const verdict = await judgeOffer(agent, answer)
  if (verdict.ok)
    return { kind: 'judged', decision: { kind: 'offered', releaseId: verdict.target.releaseId }, target: verdict.target }
  const { code, reason } = verdict
  if (!('passes' in verdict) || !verdict.passes) return { kind: 'judged', decision: { kind: 'refused', code, reason } }
  agent.log.error('the offer cannot be believed now', { code, reason })
  await tellSetback(agent, verdict, answer.manifest)
  return { kind: 'later', reason }
}

async function abandon(agent: Agent): Promise<void> {
  agent.log.info('the server no longer offers the release that was being fetched')
  await close(agent)
  await sweep(agent)
}

function refuse(agent: Agent, decision: Decision): string {
  const reason = decision.kind === 'refused' ? decision.reason : 'The server offers a release that rolled back here.'
  agent.log.error('the offer is refused', { reason, ...(decision.kind === 'refused' && { code: decision.code }) })
  return reason
}

function troubleOf(outcome: Outcome | undefined): string | null {
  return outcome?.kind === 'failed' ? outcome.failure.reason : null
}
