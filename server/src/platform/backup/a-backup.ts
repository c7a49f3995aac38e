// For tests: runs the commands as a person would, and looks at what a database and a data folder hold.
import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Client } from 'pg'
import { SMTPServer } from 'smtp-server'
import { expect, inject, onTestFinished } from 'vitest'
import { newId } from '../ids.ts'
import { freePort } from './a-postgres-15.ts'
import { listTables } from './catalog-store.ts'

export const SCHEMAS = ['platform', 'identity', 'fleet', 'delivery', 'portal']
const SECRET = 'a secret of thirty-two characters, only for tests'
const SRC = join(import.meta.dirname, '../..')

/** Runs the command as a person would. */
export function command(args: string[], env: Record<string, string>) {
  const child = execFile(process.execPath, [join(SRC, 'backup.ts'), ...args], {
    env: { PATH: process.env.PATH, HOME: '', ...env },
    maxBuffer: 1e7,
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (said += text))
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
    said,
  }))
  return Object.assign(ended, { kill: () => child.kill('SIGKILL') })
}

export const at = (databaseUrl: string, dataDir: string) => ({
  FAIRWAY_DATABASE_URL: databaseUrl,
  FAIRWAY_DATA: dataDir,
  FAIRWAY_SECRET: SECRET,
})

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  return work(client).finally(() => client.end())
}
export const rowsOf = (url: string, sql: string) => withClient(url, async (client) => (await client.query(sql)).rows)

/** On the server of the tests, or on another one. */
export async function anEmptyDatabase(adminUrl = inject('databaseUrl')) {
  const name = newId('restored')
  await rowsOf(adminUrl, `create database ${name}`)
  onTestFinished(async () => void (await rowsOf(adminUrl, `drop database if exists ${name} with (force)`)))
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return url.toString()
}

/** Every row of every table as text, in an order that no locale changes. */
export function dump(url: string) {
  return withClient(url, async (client) => {
    await client.query(`set timezone = 'UTC'; set datestyle = 'ISO'`)
    const all: Record<string, string[]> = {}
    for (const { schema, name, columns } of await listTables(client, SCHEMAS)) {
      const list = columns.filter((column) => !LEFT_OUT.has(`${schema}.${name}.${column}`)).map((column) => `"${column}"`)
      const { rows } = await client.query<{ row: string }>(
        `select row(${list.join(', ')})::text as row from "${schema}"."${name}"`,
      )
      all[`${schema}.${name}`] = rows.map(({ row }) => row).sort()
    }
    return all
  })
}
/** What a restore changes on purpose. */
const LEFT_OUT = new Set(['platform.reaction.lease_owner', 'platform.reaction.lease_until', 'delivery.product.last_sequence'])

/** Columns, defaults, indexes and constraints; the epoch of the log goes on. */
export async function shape(url: string) {
  const rows = await rowsOf(
    url,
    `select indexdef as line from pg_indexes where schemaname = any('{${SCHEMAS}}')
     union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where contype <> 'n' and connamespace::regnamespace::text = any('{${SCHEMAS}}')
     union all select concat_ws(' ', table_schema, table_name, column_name, data_type, is_nullable, is_identity, column_default)
       from information_schema.columns where table_schema = any('{${SCHEMAS}}') and not (table_name = 'event' and column_name = 'epoch')`,
  )
  return rows.map(({ line }) => line).sort()
}

export function digests(dataDir: string) {
  const names = ['artifacts/sha256', 'attachments/kept'].flatMap((part) =>
    existsSync(join(dataDir, part))
      ? readdirSync(join(dataDir, part), { recursive: true, encoding: 'utf8' }).map((name) => join(part, name))
      : [],
  )
  const files = names.filter((name) => statSync(join(dataDir, name)).isFile()).sort()
  return files.map(
    (name) =>
      `${name} ${createHash('sha256')
        .update(readFileSync(join(dataDir, name)))
        .digest('hex')}`,
  )
}

/** Greets and then says nothing more: a mail stays under way for as long as a test needs. */
export async function aSilentMailServer() {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined))
    socket.write('220 one moment\r\n')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const stop = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  return { url: `smtp://127.0.0.1:${port}`, sockets, stop }
}

export async function aMailServer() {
  const got: string[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, _session, done) {
      void text(stream).then((mail) => void got.push(mail))
      stream.on('end', done)
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { got, url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` }
}

/** A Fairway as a process of its own; ended when the test is. */
export async function boot(env: Record<string, string>) {
  const port = await freePort()
  const child = spawn(process.execPath, [join(SRC, 'main.ts')], {
    env: { PATH: process.env.PATH, HOME: '', FAIRWAY_PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const ended = once(child, 'close')
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  onTestFinished(stop)
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text))
  await expect.poll(() => said + (child.exitCode ?? ''), { timeout: 40_000 }).toMatch(/is ready at|^.*\d$/)
  if (!said.includes('is ready at')) throw new Error(said)
  return { origin: `http://localhost:${port}`, stop, said: () => said }
}
