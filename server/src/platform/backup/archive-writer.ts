// Writes a backup file: whole and on disk before its name exists, readable by its owner alone.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream, existsSync, readdirSync } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress } from 'node:zlib'
import { pack as createPack } from 'tar-stream'
import { isAlive } from '../postgres/running-process.ts'
import { MANIFEST, type Manifest, type Member } from './format.ts'

export interface ArchiveWriter {
  add(name: string, bytes: Buffer): Promise<void>
  /** Throws where the file is not the one that is expected. */
  addFile(path: string, expected: Member): Promise<void>
  /** Gives the size of the finished file. */
  finish(rows: Manifest['rows']): Promise<number>
  /** Leaves nothing behind; does nothing to a finished one. */
  abandon(): Promise<void>
}

export function createArchive(file: string, signal: AbortSignal): ArchiveWriter {
  if (existsSync(file))
    throw new Error(`${file} exists already, and a backup never replaces another file. Choose a name that is new.`)
  const draft = `${file}.${process.pid}.part`
  const members: Member[] = []
  const pack = createPack()
  // The checksum makes any changed bit an error when it is read.
  const zstd = createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1, [constants.ZSTD_c_compressionLevel]: 3 } })
  const sink = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true })
  const written = pipeline(pack, zstd, sink, { signal }).catch((cause: NodeJS.ErrnoException) => {
    throw signal.aborted ? signal.reason : whyNotWritten(file, cause)
  })
  written.catch(() => undefined)

  /** Whatever goes wrong first ends all of it and is what is said. */
  const orWhy = async (work: Promise<unknown>) => {
    try {
      await Promise.race([work, written])
    } catch (error) {
      pack.destroy(error as Error)
      await written
    }
  }
  const addBytes = (name: string, bytes: Buffer) =>
    orWhy(
      new Promise<void>((resolve, reject) =>
        pack.entry(headerOf(name, bytes.length), bytes, (error) => (error ? reject(error) : resolve())),
      ),
    )

  return {
    async add(name, bytes) {
      await addBytes(name, bytes)
      members.push({ name, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
    },
    async addFile(path, expected) {
      const entry = pack.entry(headerOf(expected.name, expected.size))
      await orWhy(copyFile(path, expected, entry))
      members.push(expected)
    },
    async finish(rows) {
      await addBytes(MANIFEST, Buffer.from(JSON.stringify({ members, rows } satisfies Manifest)))
      pack.finalize()
      await written
      await rename(draft, file)
      await syncFolder(dirname(file))
      return (await stat(file)).size
    },
    async abandon() {
      pack.destroy()
      await written.catch(() => undefined)
      await rm(draft, { force: true })
    },
  }
}

const headerOf = (name: string, size: number) => ({ name, size, mode: 0o600, mtime: new Date() })

async function copyFile(path: string, { size, sha256 }: Member, entry: NodeJS.WritableStream) {
  const digest = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1_048_576 }) as AsyncIterable<Buffer>) {
      bytes += chunk.length
      digest.update(chunk)
      if (bytes > size) break
      if (!entry.write(chunk)) await once(entry, 'drain')
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new Error(`The file ${path} is missing, but the database knows it. No backup was made. ${HOW_TO_GO_ON}`, {
      cause: error,
    })
  }
  if (bytes !== size || digest.digest('hex') !== sha256)
    throw new Error(`The file ${path} is not what it was when it was uploaded. No backup was made. ${HOW_TO_GO_ON}`)
  const closed = once(entry, 'close')
  entry.end()
  await closed
}

const HOW_TO_GO_ON = 'Put it back from an earlier backup, then run this again.'

function whyNotWritten(file: string, cause: NodeJS.ErrnoException): Error {
  const folder = dirname(file)
  if (cause.code === 'ENOSPC' || cause.code === 'EDQUOT')
    return new Error(
      `The disk of ${folder} is full. No backup was made; what was begun is removed. Make room, or choose another disk.`,
      { cause },
    )
  if (cause.code === 'ENOENT') return new Error(`There is no folder ${folder}. Make it, or choose another one.`, { cause })
  if (cause.code === 'EACCES' || cause.code === 'EPERM' || cause.code === 'EROFS')
    return new Error(`Nothing can be written to ${folder} (${cause.code}). Choose a folder that this account may write to.`, {
      cause,
    })
  return cause
}

/** What backups to this name left behind that were killed. */
export async function removeAbandoned(file: string) {
  const folder = dirname(file)
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(`${basename(file)}.`) ? /\.(\d+)\.part$/.exec(name)?.[1] : undefined
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(folder, name), { force: true })
  }
}

export async function syncFolder(folder: string) {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
