// The steps that touch what runs: stop, switch, start, prove; forward to the new version and back to the old one.
import type { Agent } from '../agent.ts'
import { StepFailure } from '../agent-error.ts'
import { proveHealth, stillAnswers } from '../health.ts'
import type { Journal } from '../journal.ts'
import { versionOfFolder } from '../layout.ts'
import { runCommand, type CommandResult } from '../run-command.ts'
import type { Installed } from '../state.ts'
import { folderAtCurrent, pointCurrentAt, removeCurrent } from './current-link.ts'

export async function stopOld(agent: Agent): Promise<void> {
  const mistake = await stop(agent)
  // Not lasting: how to stop is this machine's configuration, not the release's.
  if (mistake) throw new StepFailure({ code: 'stop_failed', reason: mistake, lasting: false })
}

export async function switchTo(agent: Agent, { target }: Journal): Promise<void> {
  await pointCurrentAt(agent.layout, target.folder)
}

export async function startNew(agent: Agent, { target }: Journal): Promise<void> {
  const result = await start(agent, target)
  if (!result.ok)
    throw new StepFailure({
      code: 'start_failed',
      reason: `The start command of ${target.version} failed: ${result.text}`,
      lasting: true,
    })
}

export async function proveNew(agent: Agent, { target }: Journal): Promise<void> {
  const mistake = await proveHealth(agent.layout, agent.config, target.version)
  if (mistake) throw new StepFailure({ code: 'health_failed', reason: mistake, lasting: true })
}

// On the way back a failure changes nothing: there is no other way to go. It is told to people, and the walk goes on.

export async function stopNew(agent: Agent): Promise<void> {
  const mistake = await stop(agent)
  if (mistake) agent.log.error('the failed version could not be stopped', { reason: mistake })
}

export async function switchBack(agent: Agent, { from }: Journal): Promise<void> {
  await (from ? pointCurrentAt(agent.layout, from.folder) : removeCurrent(agent.layout))
}

export async function startOld(agent: Agent, { from }: Journal): Promise<void> {
  const result = await start(agent, knownFrom(from))
  if (!result.ok) agent.log.error('the start command of the old version failed', { version: from?.version, reason: result.text })
}

/** A sentence for the report where the old version did not come back, else nothing. */
export async function proveOld(agent: Agent, { from }: Journal): Promise<string | undefined> {
  const mistake = await proveHealth(agent.layout, agent.config, knownFrom(from).version)
  if (!mistake) return undefined
  agent.log.error('the old version is not healthy after the way back', { version: from?.version, reason: mistake })
  return `${knownFrom(from).version} runs again but is not healthy: ${mistake}`
}

async function stop({ layout, config }: Agent): Promise<string | undefined> {
  const folder = await folderAtCurrent(layout)
  if (folder === undefined) return undefined
  const version = versionOfFolder(folder)
  const result = await runCommand(layout, { argv: config.stop, version, timeoutMs: config.commandSeconds * 1000 })
  if (!result.ok) return `The stop command of ${version} failed: ${result.text}`
  return (await stillAnswers(layout, config, version)) ? `${version} still answers after the stop command.` : undefined
}

function start({ layout, config }: Agent, { version }: Installed): Promise<CommandResult> {
  return runCommand(layout, { argv: config.start, version, timeoutMs: config.commandSeconds * 1000 })
}

// The plan gives these steps only where there is something to go back to.
function knownFrom(from: Installed | null): Installed {
  if (!from) throw new Error('A step back was planned without an old version.')
  return from
}
