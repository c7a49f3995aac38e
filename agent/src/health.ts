// Whether the software is healthy: one check, and the proof over several that a new version needs.
import { setTimeout as wait } from 'node:timers/promises'
import { sentenceOf, systemCode } from './agent-error.ts'
import type { Config } from './config.ts'
import type { Layout } from './layout.ts'
import { runProbe, type CommandResult } from './run-command.ts'

export type HealthWord = 'healthy' | 'unhealthy' | 'unknown'

const httpTimeoutMs = 5000

/** One check now. Never throws: what cannot be asked is not healthy. */
export async function checkHealth(layout: Layout, config: Config, version: string): Promise<CommandResult> {
  if ('command' in config.health)
    return runProbe(layout, { argv: config.health.command, version, timeoutMs: config.commandSeconds * 1000 })
  try {
    const response = await fetch(config.health.http, { redirect: 'manual', signal: AbortSignal.timeout(httpTimeoutMs) })
    await response.body?.cancel()
    return response.ok ? { ok: true } : { ok: false, text: String(response.status) }
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
    return { ok: false, text: `no answer (${systemCode(cause) || sentenceOf(cause)})` }
  }
}

/** Undefined once `healthChecks` checks in a row were good; the reason where one is still bad after `healthSeconds`. */
export async function proveHealth(layout: Layout, config: Config, version: string): Promise<string | undefined> {
  const deadline = performance.now() + config.healthSeconds * 1000
  for (let good = 0, bad = 0; ;) {
    const result = await checkHealth(layout, config, version)
    good = result.ok ? good + 1 : 0
    if (good >= config.healthChecks) return undefined
    if (!result.ok) bad += 1
    if (!result.ok && performance.now() > deadline) return `The health check failed ${bad} times: ${result.text}`
    await wait(config.healthIntervalSeconds * 1000)
  }
}

/**
 * After a stop nothing may answer any more: else the old version could be taken for the new one. A command cannot be judged so,
 * it may look at things that outlive the software.
 */
export async function stillAnswers(layout: Layout, config: Config, version: string): Promise<boolean> {
  if (!('http' in config.health)) return false
  const deadline = performance.now() + config.commandSeconds * 1000
  while ((await checkHealth(layout, config, version)).ok) {
    if (performance.now() > deadline) return true
    await wait(config.healthIntervalSeconds * 1000)
  }
  return false
}
