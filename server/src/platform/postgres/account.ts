// Whom PostgreSQL runs as: ourselves, or, since it refuses root, an unprivileged account that exists.
import { chownSync, existsSync, readFileSync, statSync } from 'node:fs'

/** Spread into spawn options: empty where we run PostgreSQL as ourselves. */
export interface Account {
  readonly uid?: number
  readonly gid?: number
}

/** The environment of everything that PostgreSQL starts: nothing of ours leaks in, and the locale is always the same. */
export const CLEAN_ENV = { PATH: '/usr/bin:/bin', TZ: 'UTC' }

/** A database that is there keeps its owner: the account must not change between two starts. */
export function findAccount(cluster: string): Account {
  if (process.getuid?.() !== 0) return {}
  const owner = existsSync(cluster) ? statSync(cluster) : undefined
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const rows = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = rows.find((row) => row.startsWith(`${name}:`))?.split(':') ?? []
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error(
    'PostgreSQL does not run as root, and this machine has neither an account `postgres` nor `nobody`. Start Fairway as an ordinary user, or set FAIRWAY_DATABASE_URL.',
  )
}

export function giveTo(account: Account, path: string): void {
  if (account.uid !== undefined && account.gid !== undefined) chownSync(path, account.uid, account.gid)
}

/**
 * The folder's name as PostgreSQL is told it; it is always started with the folder as its working directory.
 * Below a folder that only root may enter (/root, `mktemp -d`) no other account can walk the path, but each process may enter where it already stands.
 */
export function reachableName(account: Account, folder: string): string {
  return account.uid !== undefined && existsSync('/proc/self/cwd') ? '/proc/self/cwd' : folder
}
