// Starts the programs of the demo as processes of their own, and ends them all.
import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../..')

export interface Program {
  script: string
  nodeFlags?: string[]
  args?: string[]
  env?: Record<string, string>
  /** Where what it prints is kept. */
  log: string
}

const running = new Set<ChildProcess>()

/** In a session of its own, so that Ctrl-C reaches only us, and we end it in order. */
export function startProgram({ script, nodeFlags = [], args = [], env = {}, log }: Program) {
  const child = spawn(process.execPath, [...nodeFlags, join(ROOT, script), ...args], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const file = createWriteStream(log, { flags: 'a' })
  child.stdout.pipe(file)
  child.stderr.pipe(file)
  running.add(child)
  child.on('exit', () => running.delete(child))
  return child
}

/** Runs to the end; what it printed, or an error that repeats it. */
export async function runProgram(program: Program) {
  const child = startProgram(program)
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => void (printed += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`${program.script} ${program.args?.[0] ?? ''} ended with ${code}:\n${printed}`)
  return printed
}

export async function stopProgram(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.on('exit', resolve))
  child.kill('SIGTERM')
  const impatience = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await gone
  clearTimeout(impatience)
}

export function runningPrograms() {
  return [...running]
}
