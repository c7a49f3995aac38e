// The database handle, and the transaction that every write must be given.
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import { DatabaseError, Pool } from 'pg'

/** Each module adds its own tables by declaration merging, in its tables.ts. */
// oxlint-disable-next-line typescript/no-empty-interface
export interface Tables {}
export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>
/** For reads that serve inside and outside of a transaction. */
export type Reader = Db | Tx

export interface Database {
  db: Db
  pool: Pool
  close(): Promise<void>
}

/** Opens a pool; nothing connects before the first question. */
export function openDatabase(
  connectionString: string,
  { max = 10, onError }: { max?: number; onError: (error: Error) => void },
): Database {
  const pool = new Pool({
    connectionString,
    max,
    application_name: 'fairway',
    // A transaction left open would hold back every reader of the log (decisions/0004).
    idle_in_transaction_session_timeout: 30_000,
    statement_timeout: 60_000,
    // A network that falls silent must not hold every connection for minutes.
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    query_timeout: 70_000,
  })
  // An idle connection that dies (PostgreSQL was restarted) must not end the process; the pool opens another.
  pool.on('error', onError)
  // One that is in use dies with its query, which tells whoever asked; without a listener it would end the process.
  pool.on('connect', (client) => void client.on('error', () => undefined))
  return { db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), pool, close: () => pool.end() }
}

/** Whether PostgreSQL refused because of this unique constraint. */
export function isUniqueViolation(error: unknown, constraint: string) {
  return error instanceof DatabaseError && error.code === '23505' && error.constraint === constraint
}

/** Whether PostgreSQL could not be reached, or went away in the middle: what was asked may have been done or not (Appendix A: classes 08 and 57P, 53300). */
export function isDatabaseAway(error: unknown) {
  if (!(error instanceof Error)) return false
  if (error instanceof DatabaseError) return /^(08...|57P0[1-5]|53300)$/.test(error.code ?? '')
  const { syscall, code } = error as NodeJS.ErrnoException
  if (code !== undefined && /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/.test(code))
    return /^(connect|read|write)$/.test(syscall ?? '')
  // The words of pg, which gives these no code.
  return /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/.test(
    error.message,
  )
}
