// What is inside the compression of an artifact: between such contents patches are made, since the output of gzip is useless as a dictionary.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createGunzip, createZstdDecompress } from 'node:zlib'
import type { ArtifactKind, PlainContent } from '@fairway/trust'

/** The agent refuses archives that unpack to more; a content that no agent takes need not be known. */
export const UNPACK_LIMITS = { bytes: 8 * 2 ** 30, ratio: 200, ratioFromBytes: 16 * 2 ** 20 }
/** The window of a frame is memory that its author chooses: 2^27 is what zstd itself allows without asking. */
const WINDOW_LOG = 27

/** Undefined for what is its own plain content. */
export function decompressorOf(kind: ArtifactKind) {
  if (kind === 'tar.gz') return createGunzip()
  if (kind === 'tar.zst') return createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG } })
  return undefined
}

/** Undefined for an archive that is broken or that unpacks to too much: it is kept all the same, but never patched. */
export async function learnPlain(
  file: string,
  { kind, sha256, size }: { kind: ArtifactKind; sha256: string; size: number },
  limits = UNPACK_LIMITS,
): Promise<PlainContent | undefined> {
  const decompressor = decompressorOf(kind)
  if (!decompressor) return { sha256, size }
  const digest = createHash('sha256')
  let plainSize = 0
  const count = new Writable({
    write(chunk: Buffer, _encoding, done) {
      digest.update(chunk)
      plainSize += chunk.length
      done()
    },
  })
  try {
    await pipeline(createReadStream(file, { highWaterMark: 1_048_576 }), decompressor, createGuard(size, limits), count)
  } catch (error) {
    // A file that cannot be read is our trouble, not the archive's.
    if (/^E[A-Z]+$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error
    return undefined
  }
  return plainSize === 0 ? undefined : { sha256: digest.digest('hex'), size: plainSize }
}

function createGuard(archiveBytes: number, { bytes, ratio, ratioFromBytes }: typeof UNPACK_LIMITS) {
  let passed = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      passed += chunk.length
      const isTooMuch = passed > bytes || (passed > ratioFromBytes && passed > archiveBytes * ratio)
      if (isTooMuch) done(new Error('It unpacks to too much.'))
      else done(null, chunk)
    },
  })
}
