// Creates the database folder, whole or not at all: initdb works beside it, a rename puts it in place.
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { giveTo, reachableName, type Account } from './account.ts'
import { explained, refuseFullDisk, type DataFolder } from './data-folder.ts'
import { runProgram } from './run-program.ts'
import { isAlive } from './running-process.ts'

export interface Creation {
  readonly folder: DataFolder
  readonly account: Account
  readonly initdb: string
  readonly password: string
}

export const ROLE = 'fairway'

/** The initdb of a start that was killed goes on for a moment. */
const WHILE_WRITTEN = { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }

/** True if it had to be created. */
export async function createCluster(creation: Creation): Promise<boolean> {
  const { folder } = creation
  removeAbandoned(folder)
  if (existsSync(join(folder.cluster, 'PG_VERSION'))) return false
  refuseStrangeFolder(folder)
  refuseFullDisk(folder)
  const draft = `${folder.cluster}.init-${process.pid}`
  try {
    await initialise(creation, draft)
    return putInPlace(draft, folder)
  } finally {
    rmSync(draft, { recursive: true, force: true })
    rmSync(passwordFileOf(draft), { force: true })
  }
}

/** What a start left behind that was killed while initdb ran. */
function removeAbandoned(folder: DataFolder): void {
  for (const name of readdirSync(folder.path)) {
    const pid = /^postgres\.init-(\d+)(\.password)?$/.exec(name)?.[1]
    if (pid && (Number(pid) === process.pid || !isAlive(Number(pid)))) rmSync(join(folder.path, name), WHILE_WRITTEN)
  }
}

function refuseStrangeFolder(folder: DataFolder): void {
  if (!existsSync(folder.cluster) || explained(folder.path, () => readdirSync(folder.cluster)).length === 0) return
  throw new Error(
    `${folder.cluster} holds files but no database of PostgreSQL (PG_VERSION is missing). Nothing was changed. Put the database back from a backup, or move that folder away to begin with an empty one.`,
  )
}

async function initialise({ folder, account, initdb, password }: Creation, draft: string): Promise<void> {
  const passwordFile = passwordFileOf(draft)
  explained(folder.path, () => {
    mkdirSync(draft, { mode: 0o700 })
    giveTo(account, draft)
    // Node's pipes are sockets, which initdb cannot open by name: a private file of that account, gone at once.
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
    giveTo(account, passwordFile)
  })
  const file = openSync(passwordFile, 'r')
  const args = ['-D', reachableName(account, draft), '-U', ROLE, '-A', 'scram-sha-256', '--pwfile=/dev/fd/3', '-E', 'UTF8']
  const locale = ['--locale-provider=builtin', '--locale=C.UTF-8', '--data-checksums', '--no-instructions']
  try {
    const { ok, said } = await runProgram({ program: initdb, args: [...args, ...locale], account, cwd: draft, file })
    if (!ok) throw new Error(`PostgreSQL could not create its database in ${folder.path}: ${lastLineOf(said)}`)
  } finally {
    closeSync(file)
  }
}

function putInPlace(draft: string, folder: DataFolder): boolean {
  try {
    chmodSync(draft, 0o700)
    renameSync(draft, folder.cluster)
    return true
  } catch (error) {
    // Another start was faster; its database is as good as ours.
    if (existsSync(join(folder.cluster, 'PG_VERSION'))) return false
    throw error
  }
}

const passwordFileOf = (draft: string) => `${draft}.password`
const lastLineOf = (said: string) =>
  said.split('\n').findLast((line) => /error|FATAL|PANIC|could not/.test(line)) ?? said.split('\n').at(-1) ?? ''
