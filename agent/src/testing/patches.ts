// Patches as Fairway serves them, between whatever the test's server has offered; and each way in which one can be wrong.
import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gunzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { ArtifactKind, PlainContent } from '@fairway/trust'
import { problem } from './answers.ts'

export type PatchQuality =
  | 'right'
  | 'none'
  | 'server error'
  | 'not a patch'
  | 'for another old version'
  | 'garbled'
  | 'other content'
  | 'more content'
  | 'cut'
  | 'stalled'
  | 'larger than the file'

interface Packed {
  kind: ArtifactKind
  bytes: Buffer
}

export function createPatches() {
  const plains = new Map<string, Buffer>()
  return {
    /** Undefined for an archive that cannot be read. */
    remember(release: Packed): PlainContent | undefined {
      const plain = plainOf(release)
      if (!plain) return undefined
      const sha256 = digest(plain)
      plains.set(sha256, plain)
      return { sha256, size: plain.length }
    },
    send(request: IncomingMessage, response: ServerResponse, { target, quality }: { target: Packed; quality: PatchQuality }) {
      const available = /^:(.*):$/.exec(String(request.headers['available-dictionary']))?.[1] ?? ''
      const dictionary = plains.get(Buffer.from(available, 'base64').toString('hex'))
      const plain = plainOf(target)
      if (quality === 'server error') return problem(response, 500, 'server.broken')
      if (quality === 'none' || !dictionary || !plain || request.headers['accept-encoding'] !== 'dcz')
        return problem(response, 404, 'patch.none')
      return sendWith(response, spoil(patchOf(dictionary, plain), { plain, dictionary, target, quality }), quality)
    },
  }
}

function sendWith(response: ServerResponse, patch: Buffer, quality: PatchQuality) {
  response.writeHead(200, quality === 'not a patch' ? {} : { 'content-encoding': 'dcz' })
  if (quality !== 'cut' && quality !== 'stalled') return response.end(patch)
  response.write(patch.subarray(0, 60))
  return quality === 'cut' ? response.destroy() : undefined
}

interface Spoiling {
  plain: Buffer
  dictionary: Buffer
  target: Packed
  quality: PatchQuality
}

function spoil(patch: Buffer, { plain, dictionary, target, quality }: Spoiling): Buffer {
  if (quality === 'other content') return patchOf(dictionary, Buffer.concat([plain.subarray(0, -1), Buffer.from('~')]))
  if (quality === 'more content') return patchOf(dictionary, Buffer.concat([plain, Buffer.alloc(1)]))
  if (quality === 'larger than the file') return Buffer.concat([patch, Buffer.alloc(target.bytes.length)])
  const at = quality === 'for another old version' ? 20 : quality === 'garbled' ? patch.length - 10 : -1
  const spoilt = Buffer.from(patch)
  if (at >= 0) spoilt[at] = (spoilt[at] ?? 0) ^ 1
  return spoilt
}

function patchOf(dictionary: Buffer, plain: Buffer): Buffer {
  const header = Buffer.from(`5e2a4d1820000000${digest(dictionary)}`, 'hex')
  return Buffer.concat([header, zstdCompressSync(plain, { dictionary })])
}

function plainOf({ kind, bytes }: Packed): Buffer | undefined {
  try {
    if (kind === 'tar.gz') return gunzipSync(bytes)
    return kind === 'tar.zst' ? zstdDecompressSync(bytes) : bytes
  } catch {
    return undefined
  }
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
