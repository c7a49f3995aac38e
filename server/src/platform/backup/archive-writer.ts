// Writes a backup file: whole and on disk before its name exists, readable by its owner alone.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress } from 'node:zlib'
import { pack as createPack, type Pack } from 'tar-stream'
import { isAlive } from '../postgres/running-process.ts'
import { MANIFEST, type Manifest, type Member } from './format.ts'
import { sync } from '../durable.ts'

export interface FileSource {
  /** Where it lies, for people. */
  place: string
  /** Undefined where it is missing. */
  open(): Promise<AsyncIterable<Buffer> | undefined>
}

export interface ArchiveWriter {
  add(name: string, bytes: Buffer): Promise<void>
  /** Throws where the file is not the one that is expected. */
  addFile(source: FileSource, expected: Member): Promise<void>
  /** Gives the size of the finished file. */
  finish(rows: Manifest['rows']): Promise<number>
  /** Leaves nothing behind; does nothing to a finished one. */
  abandon(): Promise<void>
}

export async function createArchive(file: string, signal: AbortSignal): Promise<ArchiveWriter> {
  if (existsSync(file))
    throw new Error(`${file} exists already, and a backup never replaces another file. Choose a name that is new.`)
  const draft = `${file}.${process.pid}.part`
  const handle = await open(draft, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
    throw whyNotWritten(file, cause)
  })
  const members: Member[] = []
  const pack = createPack()
  const sink = handle.createWriteStream({ flush: true })
  const written = compress(pack, sink, signal).catch((cause: NodeJS.ErrnoException) => {
    throw signal.aborted ? signal.reason : whyNotWritten(file, cause)
  })
  written.catch(() => undefined)

  /** Whatever goes wrong first ends all of it, and is what is said. */
  const enter = async ({ name, size }: Pick<Member, 'name' | 'size'>, fill: (entry: Entry) => Promise<unknown>) => {
    try {
      const entry = pack.entry({ name, size, mode: 0o600, mtime: new Date() }).on('error', () => undefined)
      await Promise.race([fill(entry), written])
    } catch (error) {
      pack.destroy(error as Error)
      await written
    }
  }
  const addBytes = (name: string, bytes: Buffer) => enter({ name, size: bytes.length }, (entry) => endWith(entry, bytes))

  return {
    async add(name, bytes) {
      await addBytes(name, bytes)
      members.push({ name, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
    },
    async addFile(source, expected) {
      await enter(expected, (entry) => copyFile(source, expected, entry))
      members.push(expected)
    },
    async finish(rows) {
      await addBytes(MANIFEST, Buffer.from(JSON.stringify({ members, rows } satisfies Manifest)))
      pack.finalize()
      await written
      await rename(draft, file)
      await sync(dirname(file))
      return (await stat(file)).size
    },
    async abandon() {
      pack.destroy()
      await written.catch(() => undefined)
      await rm(draft, { force: true })
    },
  }
}

async function compress(pack: Pack, sink: Writable, signal: AbortSignal) {
  // The checksum makes any changed bit an error when it is read.
  const zstd = createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1, [constants.ZSTD_c_compressionLevel]: 3 } })
  const stored = pipeline(zstd, sink, { signal })
  stored.catch((error: Error) => pack.destroy(error))
  try {
    // Piece by piece: were the end known while the last one is compressed, Node would add an empty frame, whose loss nobody notices.
    for await (const chunk of pack as AsyncIterable<Buffer>)
      await Promise.race([stored, new Promise<void>((resolve) => zstd.write(chunk, () => resolve()))])
    zstd.end()
    await stored
  } catch (error) {
    zstd.destroy()
    await stored.catch(() => undefined)
    throw error
  }
}

type Entry = ReturnType<Pack['entry']>

async function endWith(entry: Entry, bytes?: Buffer) {
  const closed = once(entry, 'close')
  entry.end(bytes)
  await closed
}

async function copyFile({ place, open }: FileSource, { size, sha256 }: Member, entry: Entry) {
  const digest = createHash('sha256')
  let bytes = 0
  const source = await open()
  if (!source) throw new Error(`The file ${place} is missing, but the database knows it. No backup was made. ${HOW_TO_GO_ON}`)
  for await (const chunk of source) {
    bytes += chunk.length
    digest.update(chunk)
    if (bytes > size) break
    if (!entry.write(chunk)) await once(entry, 'drain')
  }
  if (bytes !== size || digest.digest('hex') !== sha256)
    throw new Error(`The file ${place} is not what it was when it was uploaded. No backup was made. ${HOW_TO_GO_ON}`)
  await endWith(entry)
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
