// Runs a start, stop or health command of the local configuration: an argument array, never a shell line.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { closeSync, ftruncateSync, openSync } from 'node:fs'
import { sentenceOf } from './agent-error.ts'
import { readTextFile } from './files.ts'
import type { Layout } from './layout.ts'
import { forgetCommand, killGroup, rememberCommand } from './orphaned-command.ts'

/** `version` is what `current` points at while the command runs. */
export interface Command {
  argv: string[]
  version: string
  timeoutMs: number
}

export type CommandResult = { ok: true } | { ok: false; text: string }

const maxOutputCharacters = 1024

/**
 * The command gets a session of its own and its output goes to a file: what it leaves running survives the end of the agent,
 * where a pipe would break. Waits for the end of the command itself, not of what it started.
 */
export async function runCommand(layout: Layout, command: Command): Promise<CommandResult> {
  const [program = '', ...args] = fill(command.argv, layout, command.version)
  const log = openSync(layout.commandLog, 'a')
  try {
    ftruncateSync(log, 0)
    const child = spawn(program, args, {
      cwd: layout.dir,
      env: environment(layout, command.version),
      detached: true,
      stdio: ['ignore', log, log],
    })
    rememberCommand(layout, child.pid)
    const end = await endOf(child, command.timeoutMs)
    forgetCommand(layout)
    return end === undefined
      ? { ok: true }
      : {
          ok: false,
          text: [end, ((await readTextFile(layout.commandLog)) ?? '').trim().slice(-maxOutputCharacters)]
            .filter(Boolean)
            .join(': '),
        }
  } finally {
    closeSync(log)
  }
}

/** For health commands, which start nothing: output is read directly. */
export function runProbe(layout: Layout, command: Command): Promise<CommandResult> {
  const [program = '', ...args] = fill(command.argv, layout, command.version)
  const options = {
    cwd: layout.dir,
    env: environment(layout, command.version),
    timeout: command.timeoutMs,
    killSignal: 'SIGKILL' as const,
    maxBuffer: 1024 * 1024,
  }
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      if (!error) return resolve({ ok: true })
      const said = `${stdout}${stderr}`.trim().slice(-maxOutputCharacters)
      resolve({
        ok: false,
        text: [error.killed ? `no end after ${command.timeoutMs / 1000} s` : `exit ${error.code ?? error.signal}`, said]
          .filter(Boolean)
          .join(': '),
      })
    })
  })
}

function fill(argv: string[], layout: Layout, version: string): string[] {
  const values: Record<string, string> = { '{version}': version, '{current}': layout.current, '{dir}': layout.dir }
  return argv.map((part) => part.replaceAll(/\{(?:version|current|dir)\}/g, (name) => values[name] ?? name))
}

// The agent's own switches are not the software's business.
function environment(layout: Layout, version: string): NodeJS.ProcessEnv {
  const { FAIRWAY_AGENT_CRASH_AT: _, ...rest } = process.env
  return { ...rest, FAIRWAY_VERSION: version, FAIRWAY_DIR: layout.current }
}

function endOf(child: ChildProcess, timeoutMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      if (child.pid !== undefined) killGroup(child.pid)
      resolve(`no end after ${timeoutMs / 1000} s`)
    }, timeoutMs)
    const done = (end: string | undefined) => {
      clearTimeout(timer)
      resolve(end)
    }
    child.once('error', (error) => done(sentenceOf(error)))
    child.once('exit', (code, signal) => done(code === 0 ? undefined : `exit ${code ?? signal}`))
  })
}
