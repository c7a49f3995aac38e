// Loaded into the server before everything else (node --import): kills it, or its PostgreSQL, at the very write that a test has named.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

/** `match`: searched in the statements of one write with their short values: a whole transaction, or a statement outside of one. */
export interface CrashPoint {
  kill: 'server' | 'postgres'
  /** Before the commit is sent, or after it is done and before anybody was told. */
  when: 'before' | 'after'
  match: string
  /** Which of the writes that match; the first if absent. */
  nth?: number
}

const file = process.env.FAIRWAY_CRASH_FILE ?? ''
const transactions = new WeakMap<object, string[]>()
const query = pg.Client.prototype.query as (this: pg.Client, ...given: unknown[]) => unknown
let met = 0

function named(): CrashPoint | undefined {
  try {
    // Written by the test beside us.
    return JSON.parse(readFileSync(file, 'utf8')) as CrashPoint
  } catch {
    return undefined
  }
}

function die({ kill }: CrashPoint) {
  // Two such writes were under way at once: one kill was asked for.
  if (!existsSync(file)) return
  rmSync(file)
  met = 0
  const pidFile = join(process.env.FAIRWAY_DATA ?? '', 'postgres/postmaster.pid')
  const pid = kill === 'server' ? process.pid : Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  process.kill(pid, 'SIGKILL')
}

/** The point, where this statement completes the write that it names. */
function pointAt(client: object, text: string, values: unknown): CrashPoint | undefined {
  const short = (Array.isArray(values) ? values : []).filter((one) => typeof one === 'string' && one.length < 300)
  const told = [text, ...short].join(' ')
  const open = transactions.get(client)
  if (/^\s*(begin|start transaction)/i.test(text)) transactions.set(client, [])
  if (open && !/^\s*(commit|rollback)/i.test(text)) open.push(told)
  if (/^\s*(commit|rollback)/i.test(text)) transactions.delete(client)
  const write = /^\s*commit/i.test(text) ? open?.join('\n') : open ? undefined : told
  const point = write === undefined ? undefined : named()
  if (!point || !new RegExp(point.match, 'si').test(write ?? '')) return undefined
  met += 1
  return met >= (point.nth ?? 1) ? point : undefined
}

Object.assign(pg.Client.prototype, {
  query(this: pg.Client, ...given: unknown[]) {
    const [first, values] = given
    const text = typeof first === 'string' ? first : ((first as { text?: string } | undefined)?.text ?? '')
    const point = pointAt(this, text, values ?? (first as { values?: unknown } | undefined)?.values)
    if (!point) return query.apply(this, given)
    if (point.when === 'before') die(point)
    const last = given.at(-1)
    if (typeof last === 'function') {
      const told = (...answer: unknown[]) => {
        die(point)
        last(...answer)
      }
      return query.apply(this, [...given.slice(0, -1), told])
    }
    // Registered first, so it runs before the caller hears of it.
    const answer = query.apply(this, given) as Promise<unknown>
    answer.then(
      () => die(point),
      () => undefined,
    )
    return answer
  },
})
