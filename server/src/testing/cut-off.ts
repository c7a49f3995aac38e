// Takes a story's database away, and gives it back.
import pg from 'pg'
import { inject as provided } from 'vitest'

/** The database refuses everybody until the returned function is called. */
export async function cutOff({ connectionString }: { connectionString: string }) {
  const name = new URL(connectionString).pathname.slice(1)
  const admin = new pg.Client({ connectionString: provided('databaseUrl') })
  await admin.connect()
  await admin.query(`alter database ${name} allow_connections false`)
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
  return async () => {
    await admin.query(`alter database ${name} allow_connections true`)
    await admin.end()
  }
}
