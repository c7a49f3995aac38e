// `run`: cycle after cycle until it is told to stop; the software keeps running then.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Agent } from './agent.ts'
import { ServerProblem, isDiskFull, sentenceOf } from './agent-error.ts'
import { sweep } from './apply/settle-steps.ts'
import { nextWaitMs } from './backoff.ts'
import { saveTrouble } from './contact.ts'
import { healthNow, runCycle, type CycleResult } from './cycle.ts'
import { endOrphanedCommand } from './orphaned-command.ts'
import { readState } from './state.ts'

export type RunEnd = 'ok' | 'trouble' | 'revoked'

const defaultPollSeconds = 60
// A flapping service must not make the agent hammer the server.
const minWatchMs = 100

interface Memory {
  pollSeconds: number
  failures: number
}

/** `once`: one cycle, with the update that it may bring. */
export async function runAgent(agent: Agent, { once }: { once: boolean }): Promise<RunEnd> {
  await endOrphanedCommand(agent.layout, agent.config.commandSeconds * 1000)
  let memory: Memory = { pollSeconds: defaultPollSeconds, failures: 0 }
  for (;;) {
    const result = await tryCycle(agent)
    if (once) return result instanceof Error ? endOf(result) : result.trouble === null ? 'ok' : 'trouble'
    if (agent.stopping.aborted) return 'ok'
    memory = remember(agent, memory, result)
    await pause(agent, memory, result)
    if (agent.stopping.aborted) return 'ok'
  }
}

async function tryCycle(agent: Agent): Promise<CycleResult | Error> {
  try {
    return await runCycle(agent)
  } catch (error) {
    if (agent.stopping.aborted) return new Error('stopped')
    await noteTrouble(agent, error)
    return error instanceof Error ? error : new Error(String(error))
  }
}

async function noteTrouble(agent: Agent, error: unknown): Promise<void> {
  const { layout, log } = agent
  // A crash may have left behind the very files that fill the disk; without room not even the journal can go on.
  if (isDiskFull(error)) await sweep(agent)
  const trouble = sentenceOf(error)
  if (isRevoked(error))
    log.error('access was revoked: this installation may no longer ask for updates; the software keeps running', {
      reason: trouble,
    })
  else if (error instanceof ServerProblem)
    log.warn('the server did not help', { code: error.code, status: error.status, reason: trouble })
  else log.error('the cycle failed', { reason: trouble, stack: error instanceof Error ? error.stack : undefined })
  // Best effort: the disk itself may be the trouble.
  await saveTrouble(layout.contact, trouble).catch(() => undefined)
}

function remember({ config }: Agent, memory: Memory, result: CycleResult | Error): Memory {
  const failed = result instanceof Error || result.trouble !== null
  const asked = result instanceof Error ? memory.pollSeconds : result.pollSeconds
  return { pollSeconds: Math.min(asked, config.pollSeconds ?? asked), failures: failed ? memory.failures + 1 : 0 }
}

async function pause(agent: Agent, { pollSeconds, failures }: Memory, result: CycleResult | Error): Promise<void> {
  const retryAfterMs = result instanceof ServerProblem ? result.retryAfterMs : 0
  const waitMs = nextWaitMs({ pollSeconds, failures, revoked: isRevoked(result), retryAfterMs }, Math.random())
  if (failures > 0) agent.log.info('waiting', { seconds: Math.round(waitMs / 1000), failures })
  const end = performance.now() + waitMs
  const known = result instanceof Error ? undefined : result.health
  while (!agent.stopping.aborted && performance.now() < end) {
    const watchMs = Math.max(agent.config.healthIntervalSeconds * 10_000, minWatchMs)
    await sleep(Math.min(watchMs, Math.max(end - performance.now(), 0)), undefined, { signal: agent.stopping }).catch(
      () => undefined,
    )
    if (known !== undefined && (await healthNow(agent, await readState(agent.layout.stateFile))) !== known) return
  }
}

function isRevoked(result: unknown): boolean {
  return result instanceof ServerProblem && result.code === 'agent.revoked'
}

function endOf(error: Error): RunEnd {
  return isRevoked(error) ? 'revoked' : 'trouble'
}
