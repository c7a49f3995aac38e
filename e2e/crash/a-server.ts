// Fairway as a real process on a data folder of its own, which can be killed and started again on the same port.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from '../../agent/src/testing/software.ts'
import type { CrashPoint } from './crash-point.ts'
import { countKill, type Victim } from './kills.ts'

export const ROOT = join(import.meta.dirname, '../..')
export const ADMIN = { email: 'admin@vendor.example', password: 'only for the crash tests' }

const LOOK_MS = 10
const PATIENCE_MS = 60_000

export type AServer = Awaited<ReturnType<typeof aServer>>

export async function aServer(env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'fairway-crash-'))
  const dataDir = join(folder, 'data')
  const crashFile = join(folder, 'crash-point')
  const port = await freePort()
  const url = `http://localhost:${port}`
  const said: string[] = []
  let child: ChildProcess | undefined
  const environment = {
    ...process.env,
    FAIRWAY_DATA: dataDir,
    FAIRWAY_PORT: String(port),
    FAIRWAY_PUBLIC_URL: url,
    FAIRWAY_REQUESTS_PER_MINUTE: '1000000',
    FAIRWAY_ADMIN_EMAIL: ADMIN.email,
    FAIRWAY_ADMIN_PASSWORD: ADMIN.password,
    FAIRWAY_CRASH_FILE: crashFile,
    ...env,
  }

  function spawnServer() {
    const preload = join(import.meta.dirname, 'crash-point.ts')
    child = spawn(process.execPath, ['--max-semi-space-size=2', '--import', preload, join(ROOT, 'server/src/main.ts')], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: environment,
    })
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => said.push(text.toString()))
    return child
  }

  const readiness = () =>
    fetch(`${url}/health/ready`).then(
      async (answer) => (await answer.text(), answer.status),
      () => 0,
    )
  const isRunning = () => child !== undefined && child.exitCode === null && child.signalCode === null

  async function start() {
    const began = performance.now()
    spawnServer()
    await until('the server is ready', async () => {
      if (!isRunning()) throw new Error(`The server ended instead of being ready:\n${said.join('').slice(-3000)}`)
      return (await readiness()) === 200
    })
    return performance.now() - began
  }

  async function gone() {
    if (child && isRunning()) await once(child, 'exit')
  }

  async function kill() {
    child?.kill('SIGKILL')
    await gone()
    countKill('server')
  }

  async function stop() {
    rmSync(crashFile, { force: true })
    child?.kill('SIGTERM')
    await gone()
    return child?.exitCode
  }

  /** Names the write at which it is killed; resolves when that has happened. */
  async function crashAt(point: CrashPoint) {
    arm(point)
    await until(`${point.kill} dies ${point.when} ${point.match}`, () =>
      point.kill === 'server' ? !isRunning() : !existsSync(crashFile),
    )
    if (point.kill === 'server' && child?.signalCode !== 'SIGKILL')
      throw new Error(`It ended by itself:\n${said.join('').slice(-3000)}`)
    countKill(point.kill)
  }

  function arm(point: CrashPoint) {
    writeFileSync(crashFile, JSON.stringify(point))
  }

  /** Asks the database behind the server's back. */
  async function ask<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: databaseUrl(dataDir) })
    await client.connect()
    try {
      return (await client.query<Row>(text, values)).rows
    } finally {
      await client.end()
    }
  }

  return {
    url,
    port,
    folder,
    dataDir,
    said,
    environment,
    start,
    spawnServer,
    kill,
    stop,
    gone,
    arm,
    crashAt,
    ask,
    readiness,
    isRunning,
    postmaster: () => postmasterOf(dataDir),
    async [Symbol.asyncDispose]() {
      await stop()
      const left = postmasterOf(dataDir)
      if (left) killQuietly(left.pid)
      await rm(folder, { recursive: true, force: true, maxRetries: 20 })
    },
  }
}

export function killAndCount(pid: number, victim: Victim) {
  process.kill(pid, 'SIGKILL')
  countKill(victim)
}

export async function until(what: string, isSo: () => boolean | Promise<boolean>, patienceMs = PATIENCE_MS) {
  const end = performance.now() + patienceMs
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`Waited ${patienceMs / 1000} s in vain until ${what}.`)
    await pause(LOOK_MS)
  }
}

/** The PostgreSQL that its file names; it may be dead. */
function postmasterOf(dataDir: string) {
  try {
    const lines = readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]) }
  } catch {
    return undefined
  }
}

function databaseUrl(dataDir: string) {
  const password = readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim()
  return `postgres://fairway:${password}@127.0.0.1:${postmasterOf(dataDir)?.port}/fairway`
}

function killQuietly(pid: number) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It is gone.
  }
}
