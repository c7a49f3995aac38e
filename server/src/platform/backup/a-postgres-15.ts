// For tests: Debian's PostgreSQL 15, the oldest that Fairway runs on, in a folder that is thrown away.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { CLEAN_ENV, findAccount, giveTo } from '../postgres/account.ts'

const PROGRAMS = '/usr/lib/postgresql/15/bin'
const PASSWORD = 'only for tests'
const READY_MS = 20_000

export const whyNoPostgres15 = () =>
  process.env.FAIRWAY_TEST_POSTGRES15_URL || existsSync(`${PROGRAMS}/initdb`)
    ? undefined
    : 'PostgreSQL 15 is not installed (apt-get install postgresql-15)'

export interface TestServer {
  /** Of a role that may create databases. */
  adminUrl: string
  stop(): Promise<void>
}

export async function startPostgres15(): Promise<TestServer> {
  const given = process.env.FAIRWAY_TEST_POSTGRES15_URL
  if (given) return { adminUrl: given, stop: () => Promise.resolve() }
  const folder = mkdtempSync(join(tmpdir(), 'fairway-pg15-'))
  const account = findAccount(join(folder, 'data'))
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, PASSWORD, { mode: 0o600 })
  for (const path of [folder, passwordFile]) giveTo(account, path)
  chmodSync(folder, 0o700)
  const options = { ...account, cwd: folder, env: CLEAN_ENV }
  const data = join(folder, 'data')
  // The C locale is everywhere; the builtin one, which the embedded server has, is not in 15.
  const settings = [
    '-D',
    data,
    '-U',
    'fairway',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
  ]
  const made = spawnSync(`${PROGRAMS}/initdb`, settings, { ...options, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`initdb of PostgreSQL 15: ${made.stderr || made.error?.message}`)

  const port = await freePort()
  const flags = [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
    '-c',
    'fsync=off',
  ]
  const server = spawn(`${PROGRAMS}/postgres`, flags, { ...options, stdio: 'ignore' })
  const ended = once(server, 'exit')
  const adminUrl = `postgres://fairway:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/postgres`
  await untilReady(adminUrl)
  return {
    adminUrl,
    async stop() {
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function untilReady(url: string) {
  const end = performance.now() + READY_MS
  for (;;) {
    const client = new Client({ connectionString: url })
    client.on('error', () => undefined)
    const error = await client.connect().then(
      () => undefined,
      (error: Error) => error,
    )
    await client.end().catch(() => undefined)
    if (!error) return
    if (performance.now() > end) throw new Error('PostgreSQL 15 does not start', { cause: error })
    await pause(50)
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A TCP server that listens has one.
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
