// Writes one patch to disk: from the plain content of the old artifact to that of the new one, both read as streams and verified.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress } from 'node:zlib'
import type { ArtifactKind, PlainContent } from '@fairway/trust'
import { dczHeader } from './dcz.ts'
import { decompressorOf } from './plain-content.ts'
import type { PatchSettings } from './table-sizes.ts'

/** An artifact on disk, and what is inside. */
export interface PatchSide {
  file: string
  kind: ArtifactKind
  plain: PlainContent
}

export interface PatchTask {
  dictionary: PatchSide
  target: PatchSide
  out: string
  settings: PatchSettings
  /** A patch of this many bytes is no better than the file. */
  uselessFromBytes: number
}

const CHUNK = 1_048_576

/** Undefined where it would be too large to be of use. */
export async function writePatch({ dictionary, target, out, settings, uselessFromBytes }: PatchTask) {
  const bytes = await readWhole(dictionary)
  const digest = createHash('sha256')
  let size = 0
  await using file = await open(out, 'w', 0o600)
  const write = async (chunk: Buffer) => {
    size += chunk.length
    digest.update(chunk)
    // Returns only when all of it is written.
    if (size < uselessFromBytes) await file.appendFile(chunk)
  }
  await write(dczHeader(dictionary.plain.sha256))
  await pipeline(
    readPlain(target),
    createCompressor(bytes, target.plain.size, settings),
    async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        await write(chunk)
        if (size >= uselessFromBytes) return
      }
    },
  )
  if (size >= uselessFromBytes) return undefined
  await file.sync()
  return { sha256: digest.digest('hex'), size }
}

function createCompressor(dictionary: Buffer, targetBytes: number, { level, minMatch, windowLog, hashLog }: PatchSettings) {
  const params = {
    [constants.ZSTD_c_compressionLevel]: level,
    [constants.ZSTD_c_minMatch]: minMatch,
    [constants.ZSTD_c_windowLog]: windowLog,
    [constants.ZSTD_c_hashLog]: hashLog,
    [constants.ZSTD_c_checksumFlag]: 1,
  }
  return createZstdCompress({ dictionary, pledgedSrcSize: targetBytes, params, chunkSize: CHUNK })
}

async function readWhole(side: PatchSide) {
  const whole = Buffer.allocUnsafe(side.plain.size)
  let at = 0
  for await (const chunk of readPlain(side)) at += (chunk as Buffer).copy(whole, at)
  return whole
}

/** The plain content; ends with an error where it is not the one that was learnt when the artifact came. */
function readPlain({ file, kind, plain }: PatchSide): Readable {
  const source = createReadStream(file, { highWaterMark: CHUNK })
  const digest = createHash('sha256')
  let size = 0
  const verify = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      digest.update(chunk)
      if (size > plain.size) done(new Error('The artifact holds more than was learnt when it came.'))
      else done(null, chunk)
    },
    flush(done) {
      done(digest.digest('hex') === plain.sha256 ? null : new Error('The artifact is not what it was when it came.'))
    },
  })
  const decompressor = decompressorOf(kind)
  // The one that is read hears the errors of all.
  const parts = decompressor ? [source, decompressor, verify] : [source, verify]
  pipeline(parts).catch((error: Error) => verify.destroy(error))
  return verify
}
