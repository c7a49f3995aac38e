// Test-only: FAIRWAY_AGENT_CRASH_AT=<step>[:before|:after] makes the agent kill itself with SIGKILL there.
import { AgentError } from './agent-error.ts'
import { allSteps, type Step } from './plan.ts'
import { trustSteps, type TrustStep } from './trust/trust-steps.ts'

const wanted = process.env['FAIRWAY_AGENT_CRASH_AT'] ?? ''

/** Called once at start: a misspelt step must not make a crash test pass. */
export function checkCrashSetting(): void {
  if (!wanted) return
  if (process.env['NODE_ENV'] !== 'test')
    throw new AgentError('config.crash', 'FAIRWAY_AGENT_CRASH_AT works only with NODE_ENV=test.')
  const [step, when = 'before'] = wanted.split(':')
  const known: readonly string[] = [...allSteps, ...trustSteps]
  if (!known.includes(step ?? '') || !['before', 'after'].includes(when))
    throw new AgentError('config.crash', `There is no step ${wanted}.`)
}

export function crashPoint(step: Step | TrustStep, when: 'before' | 'after'): void {
  if (wanted === `${step}:${when}` || (wanted === step && when === 'before')) process.kill(process.pid, 'SIGKILL')
}
