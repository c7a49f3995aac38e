// After a kill -9 of the agent its last command may still run, and must not start or stop anything behind the next agent's back.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { systemCode } from './agent-error.ts'
import { readTextFile } from './files.ts'
import { numberField, parseJson, textField } from './json.ts'
import type { Layout } from './layout.ts'

/** Synchronous, so that hardly any moment lies between the start of the command and the note of it. */
export function rememberCommand(layout: Layout, pid: number | undefined): void {
  if (pid !== undefined) writeFileSync(layout.command, JSON.stringify({ pid, startTime: startTimeOf(pid) }), { mode: 0o600 })
}

export function forgetCommand(layout: Layout): void {
  rmSync(layout.command, { force: true })
}

/** Lets it end by itself for a while, then ends it and what it started in its own group. */
export async function endOrphanedCommand(layout: Layout, waitMs: number): Promise<void> {
  const note = parseJson((await readTextFile(layout.command)) ?? '')
  const pid = numberField(note, 'pid')
  const startTime = textField(note, 'startTime')
  if (pid !== undefined && startTime !== undefined) {
    const deadline = performance.now() + waitMs
    while (startTimeOf(pid) === startTime && performance.now() < deadline) await wait(20)
    if (startTimeOf(pid) === startTime) killGroup(pid)
  }
  forgetCommand(layout)
}

export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error
  }
}

// proc(5): the 22nd field of stat is the start time; with it a process id means one process for ever. A zombie has ended.
function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    // No such process, or a system without /proc, where an orphan cannot be told from a stranger.
    return undefined
  }
}
