// Tells whether a process lives, and whether it is still the one that was written down.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

const hasProc = existsSync('/proc/self/stat')

/** When a process was born, as the system writes it; undefined if it does not live. Pids are used again, a pid with its birth is not. */
export function birthOf(pid: number): string | undefined {
  return hasProc ? birthFromProc(pid) : birthFromPs(pid)
}

export function isAlive(pid: number): boolean {
  return birthOf(pid) !== undefined
}

function birthFromProc(pid: number): string | undefined {
  try {
    // The name in brackets may hold spaces and brackets itself, so fields are counted after the last one.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    // A zombie answers signals but does nothing any more; in a container without an init it stays for ever.
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

function birthFromPs(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim() || undefined
  } catch {
    return undefined
  }
}
