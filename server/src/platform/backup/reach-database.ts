// Reaches the database that a backup is taken from or restored into: one that runs, or the embedded one, started for the purpose.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { ROLE } from '../postgres/cluster.ts'
import { openDataFolder } from '../postgres/data-folder.ts'
import { startEmbeddedPostgres } from '../postgres/embedded.ts'
import { keepPassword } from '../postgres/password.ts'
import { findPostmaster } from '../postgres/postmaster.ts'

export interface Reached {
  connectionString: string
  /** For people: without a password. */
  place: string
  close(): Promise<void>
}

type Where = Pick<Config, 'dataDir' | 'databaseUrl'>
type Say = (line: string) => void

const leaveIt = () => Promise.resolve()

/** Fairway may be running: then its PostgreSQL is only visited. */
export async function reachForBackup({ dataDir, databaseUrl }: Where, say: Say): Promise<Reached> {
  if (databaseUrl) return given(databaseUrl)
  if (!existsSync(join(dataDir, 'postgres', 'PG_VERSION')))
    throw new Error(
      `There is no database of Fairway in ${dataDir}. Set FAIRWAY_DATA to the data folder that is to be backed up, or FAIRWAY_DATABASE_URL to its database.`,
    )
  const folder = openDataFolder(dataDir)
  const running = await findPostmaster(folder, say)
  if (!running) return started(dataDir, say)
  const connectionString = `postgres://${ROLE}:${keepPassword(folder)}@127.0.0.1:${running.port}/fairway`
  return { connectionString, place: folder.path, close: leaveIt }
}

/** Fairway must not be running: the embedded PostgreSQL refuses a second owner by itself. */
export async function reachForRestore({ dataDir, databaseUrl }: Where, say: Say): Promise<Reached> {
  return databaseUrl ? given(databaseUrl) : started(dataDir, say)
}

async function started(dataDir: string, say: Say): Promise<Reached> {
  const postgres = await startEmbeddedPostgres({ dataDir, say })
  return { connectionString: postgres.connectionString, place: dataDir, close: postgres.stop }
}

function given(connectionString: string): Reached {
  const { hostname, pathname } = new URL(connectionString)
  return { connectionString, place: `${pathname.slice(1)} on ${hostname || 'localhost'}`, close: leaveIt }
}
