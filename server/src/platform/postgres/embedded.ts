// Runs the PostgreSQL that npm brings, on a data folder of ours: created, adopted, started, watched and stopped here.
import { setTimeout as pause } from 'node:timers/promises'
import { findAccount } from './account.ts'
import { findPackage, usableBinaries } from './binaries.ts'
import { ROLE, createCluster } from './cluster.ts'
import { openDataFolder, refuseOtherMajor } from './data-folder.ts'
import { lastComplaint } from './log-file.ts'
import { isWrongPassword, refuseOtherHolder, takeOwnership, type Ownership } from './ownership.ts'
import { keepPassword } from './password.ts'
import {
  breakPostmaster,
  findPostmaster,
  isAsLaunched,
  launchPostmaster,
  stopPostmaster,
  type Launch,
  type Postmaster,
} from './postmaster.ts'
import { TUNED } from './settings.ts'
import { watchPostgres, type Watched } from './watch.ts'

export interface EmbeddedPostgres {
  readonly connectionString: string
  readonly port: number
  /** Changes when PostgreSQL ended unexpectedly and was started again. */
  readonly pid: number
  /** Ends every session, stops PostgreSQL and waits until it is gone. Call it last; a second call waits for the first. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** FAIRWAY_DATA; PostgreSQL lives in its folder `postgres`. */
  readonly dataDir: string
  readonly say: (line: string) => void
  /** Beside and above the tuned ones. */
  readonly settings?: Readonly<Record<string, string>>
}

interface Ready extends Launch {
  readonly password: string
  readonly say: (line: string) => void
}

interface Owned {
  readonly postmaster: Postmaster
  readonly ownership: Ownership
}

const DATABASE = 'fairway'
const TRIES = 8
const BETWEEN_TRIES_MS = 250
/** A busy machine takes its time to bury the processes of a PostgreSQL that was killed. */
const STILL_GOING = /shared memory block|lock file|being used by another/
const STILL_GOING_MS = 20_000

/**
 * Starts the PostgreSQL of a data folder, or adopts the one that a killed Fairway left running there.
 * Every error is a sentence for the person at the terminal: a second Fairway on the folder, a full disk, another major version, an unknown platform.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const ready = await prepare(options)
  const { postmaster, ownership } = await startOrAdopt(ready)
  const postgres = running(ready, postmaster, ownership)
  await createDatabase(ownership).catch(async (cause: Error) => {
    await postgres.stop()
    throw new Error(`PostgreSQL runs but could not create its database: ${cause.message}. See ${ready.folder.logFile}.`, {
      cause,
    })
  })
  return postgres
}

async function prepare({ dataDir, say, settings }: EmbeddedOptions): Promise<Ready> {
  const brought = findPackage()
  const folder = openDataFolder(dataDir)
  const account = findAccount(folder.cluster)
  const { postgres, initdb, major } = usableBinaries(brought, folder.path, account)
  refuseOtherMajor(folder, major)
  const password = keepPassword(folder)
  if (await createCluster({ folder, account, initdb, password }))
    say(`Created a database of PostgreSQL ${major} in ${folder.cluster}`)
  return { folder, account, program: postgres, settings: { ...TUNED, ...settings }, password, say }
}

/** Looked at again after each failure: the port may be taken, another start may be faster, a killed one's processes may still be going. */
async function startOrAdopt(ready: Ready): Promise<Owned> {
  const end = performance.now() + STILL_GOING_MS
  const isStillGoing = () => performance.now() < end && STILL_GOING.test(lastComplaint(ready.folder))
  for (let tries = 1; tries <= TRIES || isStillGoing(); tries++) {
    const owned = await tryOnce(ready)
    if (owned) return owned
    await pause(BETWEEN_TRIES_MS)
  }
  throw new Error(
    `PostgreSQL did not start on ${ready.folder.cluster}: ${lastComplaint(ready.folder)}. The whole story is in ${ready.folder.logFile}.`,
  )
}

async function tryOnce(ready: Ready): Promise<Owned | undefined> {
  // Its own PostgreSQL may just have ended: that Fairway starts it again, and has no lock until it has.
  refuseOtherHolder(ready.folder)
  const found = await findPostmaster(ready.folder, ready.say)
  const postmaster = found ?? (await launchPostmaster(ready, ready.say))
  if (!postmaster) return undefined
  // Whoever holds the lock owns the process, whoever started it: so one that is not ours is never stopped.
  const ownership = await takeOwnership(ready.folder, urlOf(ready, postmaster, 'postgres')).catch(async (error: Error) => {
    if (!found && isWrongPassword(error.cause)) await stopPostmaster(ready.folder, postmaster.pid)
    throw error
  })
  if (!ownership) {
    ready.say(`PostgreSQL (pid ${postmaster.pid}) was left running and does not answer; it is started again`)
    await breakPostmaster(ready.folder, postmaster.pid)
    return undefined
  }
  if (!found) return { postmaster, ownership }
  return adopt(ready, { postmaster, ownership })
}

async function adopt(ready: Ready, owned: Owned): Promise<Owned | undefined> {
  const { postmaster, ownership } = owned
  if (isAsLaunched(ready, postmaster)) {
    ready.say(`PostgreSQL (pid ${postmaster.pid}) was left running by a Fairway that ended suddenly; it is used further`)
    return owned
  }
  ready.say(`PostgreSQL (pid ${postmaster.pid}) was left running with other settings; it is started again`)
  await stopPostmaster(ready.folder, postmaster.pid)
  await ownership.release()
  return undefined
}

async function createDatabase({ client }: Ownership): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
  if (rowCount === 0) await client.query(`create database ${DATABASE}`)
}

function running(ready: Ready, postmaster: Postmaster, ownership: Ownership): EmbeddedPostgres {
  const { folder, say } = ready
  let stopped: Promise<void> | undefined
  const watched: Watched = {
    folder,
    postmaster,
    ownership,
    say,
    url: urlOf(ready, postmaster, 'postgres'),
    isStopping: () => stopped !== undefined,
    launch: () => launchPostmaster({ ...ready, port: postmaster.port }, say),
  }
  watchPostgres(watched)
  const stop = async () => {
    // A moment later, so that everybody sees that it is being stopped.
    await Promise.resolve()
    await watched.regaining
    // The lock is let go last: nobody may adopt what is being stopped.
    await stopPostmaster(folder, watched.postmaster.pid)
    await watched.ownership.release()
  }
  return {
    port: postmaster.port,
    get pid() {
      return watched.postmaster.pid
    },
    connectionString: urlOf(ready, postmaster, DATABASE),
    stop: () => (stopped ??= stop()),
  }
}

const urlOf = ({ password }: Ready, { port }: Postmaster, database: string) =>
  `postgres://${ROLE}:${password}@127.0.0.1:${port}/${database}`
