// Runs a program and tells how much processor time it took, its children included.
import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** User and system time in seconds. Throws where the program fails. */
export async function cpuSecondsOf(program: string, args: string[], folder: string): Promise<number> {
  // `times` of POSIX: the second line is what the children took.
  const script = '"$@" >&2 || exit; times'
  const { stdout } = await run('/bin/sh', ['-c', script, 'sh', program, ...args], { cwd: folder, maxBuffer: 2 ** 26 })
  const line = stdout.trim().split('\n').at(-1) ?? ''
  return [...line.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  )
}

export function isInstalled(program: string): boolean {
  try {
    execFileSync('/bin/sh', ['-c', `command -v ${program}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
