#!/usr/bin/env node
// fairway-agent: reads the command line, runs one command, and turns its end into an exit code.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { AgentError, ServerProblem, sentenceOf } from './agent-error.ts'
import { help, parseCommandLine, type CommandLine } from './command-line.ts'
import { checkCrashSetting } from './crash.ts'
import { tell } from './cycle.ts'
import { enroll } from './enroll.ts'
import { layoutOf } from './layout.ts'
import { lockFolder } from './lock.ts'
import { createLog } from './log.ts'
import { openAgent } from './open-agent.ts'
import { runAgent } from './run.ts'
import { readStatus, renderStatus } from './status.ts'

// Under `npm run fairway-agent` we stand in the repository; --dir is meant from where the person stands.
if (process.env.npm_lifecycle_event === 'fairway-agent' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD)

async function main(): Promise<number> {
  try {
    checkCrashSetting()
    const commandLine = parseCommandLine(process.argv.slice(2))
    return await commands[commandLine.command](commandLine)
  } catch (error) {
    return explain(error)
  }
}

type Run = (commandLine: CommandLine) => Promise<number>

const commands: Record<CommandLine['command'], Run> = {
  async help() {
    process.stdout.write(help)
    return 0
  },

  async enroll({ dir, server, token, fingerprint, name, config }) {
    const optional = { ...(name !== undefined && { name }), ...(config !== undefined && { config }) }
    const identity = await enroll({ dir: resolve(dir), server, token, fingerprint, ...optional })
    process.stdout.write(`Enrolled as ${identity.installationId}: ${identity.product}, channel ${identity.channel}.\n`)
    if (!existsSync(layoutOf(resolve(dir)).config))
      process.stdout.write(`Next: write ${layoutOf(resolve(dir)).config}, then "fairway-agent run --dir ${dir}".\n`)
    return 0
  },

  async run({ dir, once, jsonLog }) {
    const folder = resolve(dir)
    await using _lock = await lockExisting(folder)
    const agent = await openAgent(folder, createLog({ json: jsonLog }), stopSignal())
    return { ok: 0, trouble: 6, revoked: 5 }[await runAgent(agent, { once })]
  },

  async status({ dir, json }) {
    const status = await readStatus(resolve(dir))
    process.stdout.write(json ? `${JSON.stringify(status)}\n` : `${renderStatus(status)}\n`)
    return 0
  },

  async check({ dir, json, jsonLog }) {
    const folder = resolve(dir)
    // A second voice under one identity would look like a copied installation: so not beside a running agent.
    await using _lock = await lockExisting(folder)
    const { answer } = await tell(await openAgent(folder, createLog({ json: jsonLog }), stopSignal()))
    const because = answer.decision === 'held' ? `: ${answer.text}` : ''
    process.stdout.write(json ? `${JSON.stringify(answer)}\n` : `${answer.decision}${because}\n`)
    return { current: 0, update: 10, held: 11 }[answer.decision]
  },
}

async function lockExisting(dir: string): Promise<AsyncDisposable> {
  try {
    return await lockFolder(dir)
  } catch (error) {
    if (error instanceof AgentError) throw error
    throw new AgentError('enrolment.missing', `There is no installation in ${dir}: ${sentenceOf(error)}`)
  }
}

/** The first signal lets the step in hand come to its end; the second ends at once, and the next start goes on from the journal. */
function stopSignal(): AbortSignal {
  const stopping = new AbortController()
  const stop = () => (stopping.signal.aborted ? process.exit(1) : stopping.abort(new Error('stopped by a signal')))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop)
  return stopping.signal
}

function explain(error: unknown): number {
  const expected = error instanceof AgentError || error instanceof ServerProblem
  process.stderr.write(expected ? `${error.message}\n` : `Unexpected: ${error instanceof Error ? error.stack : String(error)}\n`)
  if (!expected) return 1
  if (error.code === 'agent.revoked') return 5
  if (error.code === 'lock.taken') return 4
  if (error.code.startsWith('enrolment.')) return 3
  return /^(usage|config)\./.test(error.code) ? 2 : 1
}

process.exit(await main())
