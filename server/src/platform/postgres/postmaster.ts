// The PostgreSQL process of a data folder: found by the file that it keeps, started, and stopped.
import { execFileSync, spawn } from 'node:child_process'
import { closeSync, existsSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { CLEAN_ENV, reachableName, type Account } from './account.ts'
import type { DataFolder } from './data-folder.ts'
import { openLog } from './log-file.ts'
import { isAlive } from './running-process.ts'

export interface Postmaster {
  readonly pid: number
  readonly port: number
}

export interface Launch {
  readonly folder: DataFolder
  readonly account: Account
  readonly program: string
  readonly settings: Readonly<Record<string, string>>
  /** Where it must be found again; any free one if absent. */
  readonly port?: number
}

type Status = 'starting' | 'stopping' | 'ready' | 'standby' | ''

const LOOK_MS = 15
const FAST_STOP_MS = 20_000
const IMMEDIATE_STOP_MS = 3_000

/** postmaster.pid: pid, data directory, start, port, socket directory, address, shared memory, status. */
function readPidFile(folder: DataFolder): (Postmaster & { status: Status }) | undefined {
  try {
    const lines = readFileSync(join(folder.cluster, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7]?.trim() ?? '') as Status }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The PostgreSQL that already runs on the folder, once it is ready; undefined if none does, or it just goes. */
export async function findPostmaster(folder: DataFolder, say: (line: string) => void): Promise<Postmaster | undefined> {
  const found = readPidFile(folder)
  if (!found) return undefined
  if (!runsIn(found.pid, folder)) {
    // PostgreSQL asks only whether that pid lives, and would refuse when it was given to another process (a container that started again).
    if (isAlive(found.pid)) rmSync(join(folder.cluster, 'postmaster.pid'), { force: true })
    return undefined
  }
  return untilReady(folder, found.pid, say)
}

/** Undefined if it ended before it was ready. */
export async function launchPostmaster(launch: Launch, say: (line: string) => void): Promise<Postmaster | undefined> {
  const log = openLog(launch.folder)
  const child = spawn(launch.program, argumentsFor(launch, launch.port ?? (await freePort())), {
    ...launch.account,
    cwd: launch.folder.cluster,
    env: CLEAN_ENV,
    // A session of its own: Ctrl-C goes to the whole group, and PostgreSQL must outlive our drain.
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.unref()
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('spawn', () => resolve(child.pid!)) // set, since it was spawned
  })
  return untilReady(launch.folder, pid, say)
}

/** Whether a running PostgreSQL was started by this version, from these files, with these settings. */
export function isAsLaunched(launch: Launch, { pid, port }: Postmaster): boolean {
  const expected = argumentsFor(launch, port).map((argument) => ` "${argument}"`)
  const options = readFileSync(join(launch.folder.cluster, 'postmaster.opts'), 'utf8').trimEnd()
  return options.endsWith(expected.join('')) && !isReplaced(pid)
}

/** First politely: every transaction is rolled back and a checkpoint written. Then at once, which costs a recovery at the next start. */
export async function stopPostmaster(folder: DataFolder, pid: number): Promise<void> {
  await signalUntilGone(folder, pid, [['SIGINT', FAST_STOP_MS], ...AT_ONCE])
}

/** For one that does not answer: it would not be polite back. */
export async function breakPostmaster(folder: DataFolder, pid: number): Promise<void> {
  await signalUntilGone(folder, pid, AT_ONCE)
}

type Patience = readonly [NodeJS.Signals, number]
const AT_ONCE: readonly Patience[] = [
  ['SIGQUIT', IMMEDIATE_STOP_MS],
  ['SIGKILL', IMMEDIATE_STOP_MS],
]

async function signalUntilGone(folder: DataFolder, pid: number, steps: readonly Patience[]): Promise<void> {
  for (const [signal, patienceMs] of steps) {
    if (runsIn(pid, folder)) process.kill(pid, signal)
    if (await isGoneWithin(patienceMs, folder, pid)) return
  }
  throw new Error(
    `PostgreSQL (pid ${pid}) of ${folder.path} does not stop, not even by SIGKILL. Look at its disk: it probably waits for it.`,
  )
}

async function isGoneWithin(patienceMs: number, folder: DataFolder, pid: number): Promise<boolean> {
  const end = performance.now() + patienceMs
  while (isAlive(pid)) {
    if (performance.now() > end) return false
    await pause(LOOK_MS)
  }
  // Left behind only by one that was killed; its successor on the folder would have written another pid.
  if (readPidFile(folder)?.pid === pid) rmSync(join(folder.cluster, 'postmaster.pid'), { force: true })
  return true
}

/** Recovery after a crash may take minutes: it is waited for as long as the process lives. */
async function untilReady(folder: DataFolder, pid: number, say: (line: string) => void): Promise<Postmaster | undefined> {
  let sayNext = performance.now() + 3_000
  while (isAlive(pid)) {
    const now = readPidFile(folder)
    if (now?.pid === pid && now.status === 'ready') return { pid, port: now.port }
    if (performance.now() > sayNext) {
      say(`PostgreSQL (pid ${pid}) is ${now?.status || 'starting'}; after a crash it first replays its log …`)
      sayNext += 10_000
    }
    await pause(LOOK_MS)
  }
  return undefined
}

function argumentsFor({ folder, account, settings }: Launch, port: number): string[] {
  const pairs = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return ['-D', reachableName(account, folder.cluster), '-p', String(port), ...pairs]
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server that listens has one
  await new Promise((resolve) => server.close(resolve))
  return port
}

function runsIn(pid: number, folder: DataFolder): boolean {
  try {
    if (!existsSync('/proc/self/exe')) return psShows(pid, folder)
    return (
      /\/postgres( \(deleted\))?$/.test(readlinkSync(`/proc/${pid}/exe`)) && readlinkSync(`/proc/${pid}/cwd`) === folder.cluster
    )
  } catch {
    return false
  }
}

const psShows = (pid: number, folder: DataFolder) =>
  execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).includes(`postgres -D ${folder.cluster} `)

/** npm put other files in the place of those that run: what is loaded later would not fit them. */
function isReplaced(pid: number): boolean {
  return existsSync('/proc/self/exe') && readlinkSync(`/proc/${pid}/exe`).endsWith(' (deleted)')
}
