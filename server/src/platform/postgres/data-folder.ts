// The data folder: which file of PostgreSQL's lies where, and sentences for what a file system may refuse.
import { accessSync, constants, existsSync, mkdirSync, readFileSync, realpathSync, statfsSync } from 'node:fs'
import { join, resolve } from 'node:path'

export interface DataFolder {
  readonly path: string
  /** What PostgreSQL calls its data directory. */
  readonly cluster: string
  readonly passwordFile: string
  readonly logFile: string
  /** Names the Fairway that uses the folder, for the moment in which the database cannot be asked. */
  readonly holderFile: string
}

const NEEDED_TO_CREATE_MB = 150

export function openDataFolder(dataDir: string): DataFolder {
  const wanted = resolve(dataDir)
  explained(wanted, () => {
    mkdirSync(wanted, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    accessSync(wanted, constants.R_OK | constants.W_OK | constants.X_OK)
  })
  const path = realpathSync(wanted)
  return {
    path,
    cluster: join(path, 'postgres'),
    passwordFile: join(path, 'postgres.password'),
    logFile: join(path, 'postgres.log'),
    holderFile: join(path, 'fairway.pid'),
  }
}

/** Runs what touches the folder and turns the system's code into a sentence that says what to do. */
export function explained<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw new Error(sentenceFor(path, (cause as NodeJS.ErrnoException).code ?? String(cause)), { cause })
  }
}

function sentenceFor(path: string, code: string): string {
  const otherwise = 'or set FAIRWAY_DATA to another folder, or FAIRWAY_DATABASE_URL to a PostgreSQL that you run.'
  if (code === 'ENOSPC' || code === 'EDQUOT') return `The disk of the data folder ${path} is full. Make room there, ${otherwise}`
  if (code === 'EACCES' || code === 'EPERM')
    return `Fairway may not write to its data folder ${path}. Give it to the account that runs Fairway, ${otherwise}`
  if (code === 'EROFS') return `The data folder ${path} lies on a file system that is read-only. Mount it writable, ${otherwise}`
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return `The data folder ${path} is not a folder. Remove the file that is in its way, ${otherwise}`
  return `Fairway cannot use its data folder ${path} (${code}). Mend it, ${otherwise}`
}

/** A database is not begun where it could not be finished. */
export function refuseFullDisk(folder: DataFolder): void {
  const { bavail, bsize } = statfsSync(folder.path)
  const freeMb = Math.floor((bavail * bsize) / 2 ** 20)
  if (freeMb >= NEEDED_TO_CREATE_MB) return
  throw new Error(
    `The disk of the data folder ${folder.path} has ${freeMb} MB left; a new database needs ${NEEDED_TO_CREATE_MB} MB. Make room there, or set FAIRWAY_DATA to another folder.`,
  )
}

/** PostgreSQL reads only what its own major version wrote. */
export function refuseOtherMajor(folder: DataFolder, major: string): void {
  const versionFile = join(folder.cluster, 'PG_VERSION')
  if (!existsSync(versionFile)) return
  const wrote = explained(folder.path, () => readFileSync(versionFile, 'utf8').trim())
  if (wrote === major) return
  throw new Error(
    `The database in ${folder.cluster} was written by PostgreSQL ${wrote}; this Fairway brings PostgreSQL ${major}, which cannot read it. Nothing was changed. ` +
      `To move: with the Fairway that wrote it run \`npm run fairway -- backup FILE\`, move ${folder.cluster} away, then with this one run \`npm run fairway -- restore FILE\`.`,
  )
}
