// The commands `backup FILE` and `restore FILE [--force]`: what they are given, what they do, and what they say about it.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describeArchive } from '#platform/backup/archive-reader'
import { amount, count } from '#platform/backup/progress'
import { reachForBackup, reachForRestore } from '#platform/backup/reach-database'
import { restoreBackup, type RestoreResult } from '#platform/backup/restore-backup'
import { type BackupResult, takeBackup } from '#platform/backup/take-backup'
import { type Config, readConfig } from '#platform/config'
import { fileKinds } from './backup-files.ts'

const MIGRATIONS = join(import.meta.dirname, '../migrations')
const USAGE = 'Usage: backup FILE | restore FILE [--force]'
const say = (line: string) => console.log(line)

const AFTERWARDS = [
  // Agents refuse a release whose sequence is not above what they ran, and they may have run releases that the backup does not know.
  'update delivery.product set last_sequence = last_sequence + 1000 where last_sequence > 0',
  // A backup holds no patches, and an older one no such table.
  `do $$ begin
    if to_regclass('delivery.patch') is not null then
      update delivery.patch set state = 'wanted', attempts = 0, content_sha256 = null, size = null, made_at = null where state = 'made';
    end if;
  end $$`,
]

export interface Command {
  args: string[]
  env: Record<string, string | undefined>
  /** Where relative paths begin. */
  cwd: string
  signal: AbortSignal
}

export async function runCommand({ args, env, cwd, signal }: Command) {
  const [verb, name, flag, ...more] = args
  const isWellSaid =
    name !== undefined && more.length === 0 && (verb === 'backup' ? flag === undefined : [undefined, '--force'].includes(flag))
  if (!isWellSaid || (verb !== 'backup' && verb !== 'restore')) throw new Error(USAGE)
  const config = readConfig(env, process.cwd())
  const file = resolve(cwd, name)
  await (verb === 'backup' ? backup(config, { file, signal }) : restore(config, { file, signal, force: flag === '--force' }))
}

async function backup(config: Config, { file, signal }: { file: string; signal: AbortSignal }) {
  const reached = await reachForBackup(config, say)
  try {
    const withSecret = config.secret === ''
    const secret = withSecret ? readSecret(config.dataDir) : config.secret
    say(`Backing up ${reached.place} to ${file} …`)
    const { connectionString } = reached
    const result = await takeBackup({
      file,
      connectionString,
      dataDir: config.dataDir,
      secret,
      withSecret,
      fairway: fairwayVersion(),
      files: await fileKinds(config),
      out: process.stdout,
      signal,
    })
    sayBackup(file, result, withSecret)
  } finally {
    await reached.close()
  }
}

function sayBackup(file: string, result: BackupResult, withSecret: boolean) {
  say(
    `Done: ${count(result.rows, 'row')} of ${count(result.tables, 'table')}, ${count(result.jobs, 'waiting job')}, ${count(result.files, 'file')} (${amount(result.fileBytes)}), as of ${result.createdAt}.`,
  )
  say(`${file} has ${amount(result.bytes)}. Uploads that were not finished are not in it.`)
  say(
    withSecret
      ? 'It holds the secret that opens the signing keys: whoever has this file can sign releases in your name. Keep it where you keep keys.'
      : 'It does not hold FAIRWAY_SECRET, which was given from outside: keep that too, in another place. Without it the keys in this file cannot be opened.',
  )
}

async function restore(config: Config, { file, force, signal }: { file: string; force: boolean; signal: AbortSignal }) {
  const { createdAt, fairway } = await describeArchive(file)
  const reached = await reachForRestore(config, say)
  try {
    say(`Restoring the backup of ${createdAt} (Fairway ${fairway}) into ${reached.place} …`)
    const result = await restoreBackup({
      file,
      connectionString: reached.connectionString,
      place: reached.place,
      dataDir: config.dataDir,
      migrationsDir: MIGRATIONS,
      givenSecret: config.secret || undefined,
      force,
      files: await fileKinds(config),
      afterwards: AFTERWARDS,
      out: process.stdout,
      signal,
    })
    sayRestored(config, result)
  } finally {
    await reached.close()
  }
}

function sayRestored({ dataDir, storage }: Config, result: RestoreResult) {
  say(
    `Done: ${count(result.rows, 'row')} of ${count(result.tables, 'table')}, ${count(result.jobs, 'waiting job')}, ${count(result.files, 'file')} below ${dataDir}${storage ? ` and in the bucket ${storage.bucket}` : ''}.`,
  )
  if (result.migrated.length > 0) say(`The schema was brought up to date (${count(result.migrated.length, 'migration')}).`)
  if (result.secretRestored) say(`Its secret lies in ${join(dataDir, 'secret')}.`)
  if (result.secretKeptAs) say(`The secret that was there before is kept as ${result.secretKeptAs}.`)
  say(
    `What happened after ${result.takenAt} is gone. What was taken back since then is valid again: revoke those tokens, people and installations anew.`,
  )
  say('Mails that waited at that moment are sent at the next start, also those that were sent since.')
  say('Start Fairway as usual.')
}

function readSecret(dataDir: string) {
  const file = join(dataDir, 'secret')
  if (!existsSync(file))
    throw new Error(
      `${file} is missing: without it the keys in the database cannot be opened. Put it back from an earlier backup.`,
    )
  return readFileSync(file, 'utf8').trim()
}

function fairwayVersion(): string {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')).version
}

/** The first signal ends the work in an orderly way; a second one does not wait. */
function hearSignals(): AbortSignal {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(130)
      stopping.abort(new Error(`Stopped by ${signal}; what was begun is taken back.`))
    })
  return stopping.signal
}

if (import.meta.main) {
  try {
    await runCommand({
      args: process.argv.slice(2),
      env: process.env,
      cwd: process.env.INIT_CWD || process.cwd(),
      signal: hearSignals(),
    })
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
