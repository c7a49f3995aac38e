// One installation of a test: a folder, an origin, the software, and the real agent as a process.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, readlink, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { layoutOf } from '../layout.ts'
import { readState } from '../state.ts'
import { startOrigin } from './origin.ts'
import { configOf, freePort, packSoftware, type PackedSoftware } from './software.ts'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  out: string
  log: string
}

export interface RunningAgent {
  child: ChildProcess
  ended: Promise<Ended>
  /** Ends when the log holds the text; fails when the agent ends before. */
  logged(text: string): Promise<void>
}

/** `shellPrefix`: run before the agent in the same shell, for limits of the process. */
export interface Start {
  env?: Record<string, string>
  shellPrefix?: string
}

export function startAgent(args: string[], { env = {}, shellPrefix }: Start = {}): RunningAgent {
  const argv = [process.execPath, main, ...args]
  const [program = '', ...rest] = shellPrefix ? ['/bin/sh', '-c', `${shellPrefix}; exec "$@"`, 'sh', ...argv] : argv
  const child = spawn(program, rest, { env: { ...process.env, NODE_ENV: 'test', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()))
  const ended = new Promise<Ended>((resolve) => child.once('close', (code, signal) => resolve({ code, signal, out, log })))
  const logged = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => log.includes(text) && resolve()
      child.stderr.on('data', look)
      void ended.then(() => reject(new Error(`The agent ended without "${text}":\n${log}`)))
      look()
    })
  return { child, ended, logged }
}

export async function anInstallation(changes: Record<string, unknown> = {}) {
  const origin = await startOrigin()
  const dir = await mkdtemp(join(tmpdir(), 'fairway-agent-'))
  const port = await freePort()
  const layout = layoutOf(dir)
  await writeFile(layout.config, JSON.stringify(configOf(port, changes)))
  const run = (args: string[], start: Start = {}) => startAgent([...args, '--dir', dir], start)
  const enroll = (token = origin.enrolToken, fingerprint = origin.fingerprint) =>
    run(['enroll', origin.url, token, '--fingerprint', fingerprint, '--name', 'till-3']).ended

  return {
    origin,
    dir,
    port,
    layout,
    run,
    enroll,
    once: (start: Start = {}) => run(['run', '--once'], start).ended,
    async offer({
      sequence,
      product,
      size,
      replaces,
      ...software
    }: PackedSoftware & { sequence: number; product?: string; size?: number; replaces?: string[] }) {
      const packed = await packSoftware(software)
      const claims = {
        ...(product !== undefined && { product }),
        ...(size !== undefined && { size }),
        ...(replaces && { replaces }),
      }
      origin.offer({ version: software.version, releaseId: `re_${sequence}`, sequence, ...packed, ...claims })
    },
    state: () => readState(layout.stateFile),
    /** What `current` names, what answers, and whether anything of an update is left lying about. */
    async look() {
      const current = await readlink(layout.current).then(basename, () => null)
      const answers = await fetch(`http://127.0.0.1:${port}/`).then(
        async (response) => ({ status: response.status, version: await response.text() }),
        () => null,
      )
      const journal = await readFile(layout.journal, 'utf8').catch(() => null)
      return {
        current,
        answers,
        journal,
        versions: (await readdir(layout.versions)).sort(),
        downloads: await readdir(layout.downloads),
      }
    },
    reportKinds: () => origin.seen.reports.map(({ kind, releaseId }) => `${kind} ${releaseId}`),
    async [Symbol.asyncDispose]() {
      await stopService(dir)
      await origin[Symbol.asyncDispose]()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

export type Installation = Awaited<ReturnType<typeof anInstallation>>

async function stopService(dir: string): Promise<void> {
  const pid = Number(await readFile(join(dir, 'service.pid'), 'utf8').catch(() => '0'))
  if (pid > 0) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself.
    }
  }
}
