// Gives a test a database of its own, cloned from the migrated template of the run.
import { Client } from 'pg'
import { inject as provided } from 'vitest'
import { newId } from '#platform/ids'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
    templateName: string
  }
}

/** A database of its own; dropped when the test (or, in beforeAll, the file through `close`) is done. */
export async function cloneDatabase() {
  const admin = provided('databaseUrl')
  const name = newId('story')
  await runSql(admin, `create database ${name} template ${provided('templateName')}`)
  const url = new URL(admin)
  url.pathname = `/${name}`
  return { connectionString: url.toString(), drop: () => runSql(admin, `drop database if exists ${name} with (force)`) }
}

async function runSql(connectionString: string, sql: string) {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
