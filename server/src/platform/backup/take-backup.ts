// Takes a backup: every row of one moment, the files that these rows name, and the secret if it is ours.
import { Client } from 'pg'
import { to as copyTo, type CopyToStreamQuery } from 'pg-copy-streams'
import { createSecrets } from '../secrets.ts'
import { type ArchiveWriter, createArchive, removeAbandoned } from './archive-writer.ts'
import {
  estimateBytes,
  hasFairway,
  listMigrations,
  listSequences,
  listTables,
  quote,
  quoted,
  schemasOf,
  serverVersion,
  speakPlainly,
} from './catalog-store.ts'
import { type Elsewhere, type FileKind, inDataFolder } from './file-kind.ts'
import { FILES, FORMAT, folderOf, fullName, HEADER, type Header, JOBS, type Manifest, pieceName, SECRET } from './format.ts'
import { hasJobs, SELECT_WAITING } from './jobs-store.ts'
import { createProgress, type Output, type Progress } from './progress.ts'

export interface BackupWish {
  file: string
  connectionString: string
  dataDir: string
  secret: string
  /** False where FAIRWAY_SECRET was given from outside: then whoever gave it keeps it. */
  withSecret: boolean
  fairway: string
  files: FileKind[]
  out: Output
  signal: AbortSignal
}

export interface BackupResult {
  bytes: number
  tables: number
  rows: number
  jobs: number
  files: number
  fileBytes: number
  createdAt: string
}

interface FileRow {
  path: string
  size: string
  sha256: string
}

const PIECE_BYTES = 4 * 2 ** 20

export async function takeBackup(wish: BackupWish): Promise<BackupResult> {
  await removeAbandoned(wish.file)
  const client = new Client({ connectionString: wish.connectionString, application_name: 'fairway backup' })
  // A connection that breaks fails the query that waits on it.
  client.on('error', () => undefined)
  await client.connect()
  try {
    if (!(await hasFairway(client)))
      throw new Error('The database is empty: Fairway has never been started on it. There is nothing to back up.')
    const archive = await createArchive(wish.file, wish.signal)
    try {
      return await write(wish, client, archive)
    } catch (error) {
      await archive.abandon()
      throw error
    }
  } finally {
    await client.end()
  }
}

async function write(wish: BackupWish, client: Client, archive: ArchiveWriter): Promise<BackupResult> {
  const { header, schemas } = await openSnapshot(wish, client)
  await archive.add(HEADER, Buffer.from(JSON.stringify(header, null, 2)))
  if (wish.withSecret) await archive.add(SECRET, Buffer.from(`${wish.secret}\n`))

  const files: (FileRow & { elsewhere: Elsewhere | undefined })[] = []
  for (const { select, elsewhere } of wish.files)
    files.push(...(await client.query<FileRow>(select)).rows.map((row) => ({ ...row, elsewhere })))
  const fileBytes = files.reduce((sum, { size }) => sum + Number(size), 0)
  const progress = createProgress(wish.out, 'backing up', (await estimateBytes(client, schemas)) + fileBytes)
  const rows = await copyRows({ client, archive, progress }, header)
  // The files never change, so the moment need not be held while they are copied.
  await client.query('commit')
  for (const { path, size, sha256, elsewhere } of files) {
    const source = elsewhere?.source({ sha256 }) ?? inDataFolder(wish.dataDir, path)
    await archive.addFile(source, { name: `${FILES}/${path}`, size: Number(size), sha256 })
    progress.add(Number(size))
  }
  const bytes = await archive.finish(rows)
  progress.end()
  const { [JOBS]: jobs = 0, ...ofTables } = rows
  const sum = Object.values(ofTables).reduce((sum, one) => sum + one, 0)
  return { bytes, tables: header.tables.length, rows: sum, jobs, files: files.length, fileBytes, createdAt: header.createdAt }
}

/**
 * Everything is read as of one moment. It takes no transaction id, so it holds back nobody who reads the log (research: T17);
 * only a migration waits for it, since a table that changes its shape would not be of that moment.
 */
async function openSnapshot({ secret, withSecret, fairway }: BackupWish, client: Client) {
  await speakPlainly(client)
  const schemas = schemasOf(await listMigrations(client))
  const tables = await listTables(client, schemas)
  await client.query('begin transaction isolation level repeatable read read only')
  await client.query(`lock table ${tables.map(quoted).join(', ')} in access share mode`)
  const migrations = await listMigrations(client)
  if (JSON.stringify(await listTables(client, schemasOf(migrations))) !== JSON.stringify(tables))
    throw new Error('The schema was changed at this very moment: another version of Fairway is starting. Run the backup again.')
  const createdAt = new Date().toISOString()
  const header: Header = {
    product: 'fairway',
    format: FORMAT,
    fairway,
    postgres: (await serverVersion(client)).version,
    createdAt,
    hasSecret: withSecret,
    secretCheck: createSecrets(secret).mac('backup', createdAt),
    migrations,
    tables,
    sequences: await listSequences(client, schemas),
  }
  return { header, schemas }
}

interface Copying {
  client: Client
  archive: ArchiveWriter
  progress: Progress
}

async function copyRows(copying: Copying, { tables }: Header): Promise<Manifest['rows']> {
  const streams = new Map<string, CopyToStreamQuery>()
  for (const table of tables) {
    const select = `select ${table.columns.map(quote).join(', ')} from ${quoted(table)}`
    streams.set(fullName(table), await copyOut(copying, folderOf(table), select))
  }
  if (await hasJobs(copying.client)) streams.set(JOBS, await copyOut(copying, JOBS, SELECT_WAITING))
  // How many rows there were arrives behind the last of them: by now, for each.
  await copying.client.query('select')
  return Object.fromEntries([...streams].map(([name, { rowCount }]) => [name, rowCount]))
}

async function copyOut({ client, archive, progress }: Copying, folder: string, select: string) {
  const stream = client.query(copyTo(`copy (${select}) to stdout`))
  let pieces = 0
  let waiting: Buffer[] = []
  let waitingBytes = 0
  const flush = async () => {
    await archive.add(pieceName(folder, ++pieces), Buffer.concat(waiting))
    waiting = []
    waitingBytes = 0
  }
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    waiting.push(chunk)
    waitingBytes += chunk.length
    progress.add(chunk.length)
    if (waitingBytes >= PIECE_BYTES) await flush()
  }
  if (waitingBytes > 0) await flush()
  return stream
}
