// Fetches a patch (RFC 9842, dcz) and rebuilds the new plain content with it, as a stream; whatever is wrong is an error, and the whole file is the way then.
import { readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdDecompress } from 'node:zlib'
import type { PlainContent } from '@fairway/trust'
import { unreachable } from './ask-server.ts'
import { maxKeptBytes, type KeptPlain } from './kept-plain.ts'
import type { Session } from './session.ts'
import { writeVerified } from './verified-file.ts'

export interface Patching {
  /** Of the whole artifact. */
  url: string
  dictionary: KeptPlain
  target: PlainContent
  /** Where the new content is written. */
  file: string
  /** A patch that is larger than the file is no gain. */
  maxBytes: number
  signal: AbortSignal
  /** Hears of the bytes that came, also where they were of no use. */
  onBytes: (bytes: number) => void
  limits?: PatchLimits
}

export interface PatchLimits {
  /** How long no byte may come. */
  stallMs: number
  /** A patch that drips is slower than the file. */
  totalMs: number
}

const defaultLimits: PatchLimits = { stallMs: 30_000, totalMs: 15 * 60_000 }
const maxTargetBytes = 512 * 1024 ** 2
const magic = Buffer.from('5e2a4d1820000000', 'hex')
const headerBytes = 40

/** Why a patch cannot be tried here; it needs the old content twice and the new one once in memory. */
export function whyNotPatch(dictionary: PlainContent, target: PlainContent, availableBytes: number): string | undefined {
  if (dictionary.size > maxKeptBytes || target.size > maxTargetBytes) return 'the contents are too large'
  return dictionary.size * 2 + target.size > availableBytes ? 'there is too little memory' : undefined
}

/** Ends with the file flushed to disk and verified. */
export async function fetchPatched(session: Session, patching: Patching): Promise<void> {
  const { dictionary, target, file, limits = defaultLimits } = patching
  const stall = new AbortController()
  const timer = setTimeout(
    () => stall.abort(new Error(`no byte of the patch came for ${limits.stallMs / 1000} s`)),
    limits.stallMs,
  )
  const signal = AbortSignal.any([patching.signal, stall.signal, AbortSignal.timeout(limits.totalMs)])
  try {
    const body = await openPatch(session, patching, signal)
    // What the dictionary holds is proved by what comes out.
    const decoder = createZstdDecompress({
      dictionary: await readFile(dictionary.file),
      params: { [constants.ZSTD_d_windowLogMax]: windowLogMaxFor(dictionary, target) },
    })
    const watched = watch(body, { ...patching, onChunk: () => timer.refresh() })
    await pipeline(watched, decoder, (content: AsyncIterable<Uint8Array>) => writeVerified(file, content, target), { signal })
  } finally {
    clearTimeout(timer)
  }
}

async function openPatch(session: Session, { url, dictionary }: Patching, signal: AbortSignal) {
  const available = `:${Buffer.from(dictionary.sha256, 'hex').toString('base64')}:`
  const response = await session.open(`${url}/plain`, { 'accept-encoding': 'dcz', 'available-dictionary': available }, signal)
  if (response.status === 200 && response.headers.get('content-encoding') === 'dcz' && response.body) return response.body
  await response.body?.cancel()
  throw new Error('the server answered with something else than a patch')
}

interface Watching extends Patching {
  onChunk: () => void
}

/** Takes the header off, which must name our dictionary (RFC 9842 §4), and counts. */
async function* watch(
  body: AsyncIterable<Uint8Array>,
  { dictionary, maxBytes, onBytes, onChunk }: Watching,
): AsyncGenerator<Uint8Array> {
  const expected = Buffer.concat([magic, Buffer.from(dictionary.sha256, 'hex')])
  let head = Buffer.alloc(0)
  let at = 0
  for await (const chunk of readable(body)) {
    onChunk()
    onBytes(chunk.length)
    at += chunk.length
    if (at > maxBytes) throw new Error('the patch is larger than the file')
    if (head.length === headerBytes) {
      yield chunk
      continue
    }
    const missing = headerBytes - head.length
    head = Buffer.concat([head, chunk.subarray(0, missing)])
    if (head.length === headerBytes && !head.equals(expected)) throw new Error('the patch is for another old version')
    if (chunk.length > missing) yield chunk.subarray(missing)
  }
}

async function* readable(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (error) {
    throw unreachable(error)
  }
}

/** What a patch between these contents needs, and no more: the size of a window is chosen by whoever made the frame. */
function windowLogMaxFor({ size }: PlainContent, target: PlainContent): number {
  return Math.max(Math.ceil(Math.log2(Math.max(target.size, size * 1.25))), 23)
}
