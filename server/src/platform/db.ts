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
