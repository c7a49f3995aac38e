// One Fairway for one data folder: an advisory lock on a connection of its own, which dies with the process.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import type { DataFolder } from './data-folder.ts'
import { birthOf, isAlive } from './running-process.ts'

export interface Ownership {
  readonly client: Client
  release(): Promise<void>
}

// Any number will do that no other lock of Fairway uses: these are the letters of "fairway".
const LOCK_KEY = String(0x66616972776179n)
const DYING_MS = 5_000

/** Undefined if the database cannot be asked and no living Fairway stands in the way. Throws if one does. */
export async function takeOwnership(folder: DataFolder, url: string): Promise<Ownership | undefined> {
  const client = new Client({
    connectionString: url,
    application_name: `fairway ${process.pid}`,
    connectionTimeoutMillis: 3_000,
    keepAlive: true,
  })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (cause) {
    refuseOtherHolder(folder, cause)
    if (isWrongPassword(cause)) throw wrongPassword(folder, cause)
    return undefined
  }
  const refusal = await lock(folder, client).catch(() => 'unanswered' as const)
  if (refusal) {
    await client.end().catch(() => {})
    // PostgreSQL went away while it was asked: as if it had never answered.
    if (refusal === 'unanswered') return undefined
    throw refusal
  }
  writeHolder(folder)
  return { client, release: () => release(folder, client) }
}

/** What speaks against it; rejects where PostgreSQL does not answer any more. */
async function lock(folder: DataFolder, client: Client): Promise<Error | undefined> {
  const end = performance.now() + DYING_MS
  for (;;) {
    const { rows } = await client.query(`select pg_try_advisory_lock(${LOCK_KEY}) as mine`)
    if (rows[0].mine) return undefined
    const pid = await askHolder(client)
    // A Fairway that was killed a moment ago: PostgreSQL notices within milliseconds.
    const isDying = pid !== undefined && !isAlive(pid)
    if (!isDying || performance.now() > end) return alreadyUsed(folder, pid)
    await pause(20)
  }
}

async function askHolder(client: Client): Promise<number | undefined> {
  const { rows } = await client.query(
    `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.granted and (l.classid::bigint << 32 | l.objid::bigint) = ${LOCK_KEY}`,
  )
  const pid = /^fairway (\d+)$/.exec(rows[0]?.name ?? '')?.[1]
  return pid === undefined ? undefined : Number(pid)
}

function writeHolder(folder: DataFolder): void {
  try {
    writeFileSync(folder.holderFile, `${process.pid} ${birthOf(process.pid)}\n`, { mode: 0o600 })
  } catch {
    // A full disk: the lock holds without it, only a second start is told less.
  }
}

/** The file only speaks where the database cannot: it may outlive the process, so its pid is believed only with its birth. */
function readHolder(folder: DataFolder): number | undefined {
  try {
    const [pid = '', birth] = readFileSync(folder.holderFile, 'utf8').trim().split(/ (.*)/s)
    return birth && birthOf(Number(pid)) === birth ? Number(pid) : undefined
  } catch {
    return undefined
  }
}

/** Throws if another living Fairway uses the folder, as far as its file says: for moments in which no database can be asked. */
export function refuseOtherHolder(folder: DataFolder, cause?: unknown): void {
  const pid = readHolder(folder)
  if (pid !== undefined && pid !== process.pid) throw alreadyUsed(folder, pid, cause)
}

async function release(folder: DataFolder, client: Client): Promise<void> {
  if (readHolder(folder) === process.pid) rmSync(folder.holderFile, { force: true })
  await client.end().catch(() => {})
}

function alreadyUsed(folder: DataFolder, pid: number | undefined, cause?: unknown): Error {
  const other = pid === undefined ? 'Another Fairway' : `Another Fairway (pid ${pid})`
  return new Error(
    `${other} already uses the data folder ${folder.path}. Stop it first, or give this one a folder of its own with FAIRWAY_DATA (and a FAIRWAY_PORT of its own).`,
    { cause },
  )
}

export const isWrongPassword = (error: unknown) => (error as { code?: string }).code === '28P01'

function wrongPassword(folder: DataFolder, cause: unknown): Error {
  return new Error(
    `The password in ${folder.passwordFile} does not fit the database in ${folder.cluster}. Both belong together: put back the file that was there before, or restore both from the same backup.`,
    { cause },
  )
}
