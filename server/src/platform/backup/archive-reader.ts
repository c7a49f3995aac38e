// Reads a backup file member by member, and proves that it is whole before anybody believes it.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import { type Extract, extract as createExtract } from 'tar-stream'
import {
  damaged,
  HEADER,
  type Header,
  MANIFEST,
  type Manifest,
  type Member,
  notABackup,
  readHeader,
  readManifest,
  SECRET,
} from './format.ts'

export interface OpenMember {
  name: string
  bytes: AsyncIterable<Buffer>
}

export interface Verified {
  header: Header
  manifest: Manifest
  /** FAIRWAY_SECRET, where the backup holds it. */
  secret: string | undefined
}

export interface Reading {
  onRead?(bytes: number): void
  signal?: AbortSignal
}

const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])
/** Of the members that are read into memory. */
const MOST_BYTES = { [HEADER]: 16 * 2 ** 20, [SECRET]: 4096, [MANIFEST]: 2 ** 30 } as Partial<Record<string, number>>

/** The members in their order; each must be read to its end before the next. */
export async function* readMembers(file: string, reading: Reading): AsyncGenerator<OpenMember> {
  await refuseForeign(file)
  const extract = createExtract()
  const read = decompress(file, extract, reading)
  read.catch((error: Error) => extract.destroy(error))
  try {
    for await (const entry of extract) {
      if (entry.header.type !== 'file') throw damaged(file, `${entry.header.name} is not a file`)
      // Of streamx, whose types do not say that it gives Buffers.
      yield { name: entry.header.name, bytes: explained(file, entry as unknown as AsyncIterable<Buffer>) }
    }
    // The archive may be whole and what is around it not.
    await read
  } catch (error) {
    throw explain(file, error)
  } finally {
    extract.destroy(null)
  }
}

async function decompress(file: string, extract: Extract, { onRead, signal }: Reading) {
  const source = createReadStream(file, { highWaterMark: 1_048_576 })
  source.on('data', (chunk) => onRead?.(chunk.length))
  const plain = createZstdDecompress()
  const piped = pipeline(source, plain, signal ? { signal } : {})
  piped.catch(() => undefined)
  try {
    for await (const chunk of plain as AsyncIterable<Buffer>) if (!extract.write(chunk)) await once(extract, 'drain')
    extract.end(undefined)
  } catch (error) {
    throw signal?.aborted ? signal.reason : error
  } finally {
    source.destroy()
  }
}

async function* explained(file: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* bytes
  } catch (error) {
    throw explain(file, error)
  }
}

const explain = (file: string, error: unknown) =>
  isOfTheStream(error) ? damaged(file, 'it ends too early, or bytes in it were changed', error) : error

const isOfTheStream = (error: unknown) =>
  /^(Z_|ZSTD_|ERR_STREAM)/.test((error as { code?: string }).code ?? '') ||
  /Invalid tar header|Unexpected end of data|Premature close|header size/i.test((error as Error).message)

async function refuseForeign(file: string) {
  const handle = await open(file, 'r').catch((cause: NodeJS.ErrnoException) => {
    throw new Error(cause.code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${cause.code}).`, { cause })
  })
  try {
    const { buffer, bytesRead } = await handle
      .read(Buffer.alloc(4), 0, 4, 0)
      .catch(() => ({ buffer: Buffer.alloc(0), bytesRead: 0 }))
    if (!buffer.subarray(0, bytesRead).equals(ZSTD_MAGIC)) throw notABackup(file)
  } finally {
    await handle.close()
  }
}

/** What a file says that it is, before the long reading. */
export async function describeArchive(file: string): Promise<Header> {
  for await (const member of readMembers(file, {})) {
    if (member.name !== HEADER) throw notABackup(file)
    const { text } = await digestMember(file, member)
    return readHeader(file, text ?? '')
  }
  throw notABackup(file)
}

/** Reads every byte once and compares it with the list at the end. Changes nothing anywhere. */
export async function verifyArchive(file: string, reading: Reading): Promise<Verified> {
  const found = new Map<string, Member>()
  const texts = new Map<string, string>()
  let header: Header | undefined
  for await (const { name, bytes } of readMembers(file, reading)) {
    if (!header && name !== HEADER) throw notABackup(file)
    if (found.has(name) || found.has(MANIFEST)) throw damaged(file, `${name} stands where nothing may stand`)
    const { text, ...member } = await digestMember(file, { name, bytes })
    found.set(name, member)
    if (text !== undefined) texts.set(name, text)
    header ??= readHeader(file, text ?? '')
  }
  if (!header) throw notABackup(file)
  const list = texts.get(MANIFEST)
  if (list === undefined) throw damaged(file, 'its end is missing')
  const manifest = readManifest(file, list)
  compare(file, found, manifest)
  const secret = texts.get(SECRET)?.trim()
  if (header.hasSecret !== (secret !== undefined)) throw damaged(file, 'its secret is missing')
  return { header, manifest, secret }
}

async function digestMember(file: string, { name, bytes }: OpenMember): Promise<Member & { text: string | undefined }> {
  const digest = createHash('sha256')
  const kept: Buffer[] = []
  const mostBytes = MOST_BYTES[name]
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    digest.update(chunk)
    if (mostBytes === undefined) continue
    if (size > mostBytes) throw damaged(file, `${name} is too large`)
    kept.push(chunk)
  }
  const text = mostBytes === undefined ? undefined : Buffer.concat(kept).toString('utf8')
  return { name, size, sha256: digest.digest('hex'), text }
}

function compare(file: string, found: Map<string, Member>, { members }: Manifest) {
  for (const { name, size, sha256 } of members) {
    const member = found.get(name)
    if (!member) throw damaged(file, `${name} is missing`)
    if (member.size !== size || member.sha256 !== sha256) throw damaged(file, `${name} was changed`)
  }
  // The list does not list itself.
  if (found.size !== members.length + 1) throw damaged(file, 'it holds more than its list of contents says')
}
