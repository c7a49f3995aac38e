// What a store of contents promises: bytes by their sha256, each once; where they lie is its own business.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'

export interface Content {
  sha256: string
  sha512: string
  size: number
}

/** Bytes, the last one included. */
export interface ByteRange {
  start: number
  end: number
}

export interface ContentStore {
  /** Reads a file once and tells its digests, in hex, without keeping it in memory. */
  digest(file: string): Promise<Content>
  /**
   * Takes a finished file in, which lies below the data folder and must not change any more. Afterwards its bytes survive a power cut.
   * Only keepContent calls it: what the ledger does not know is never swept.
   */
  take(file: string, content: Pick<Content, 'sha256' | 'size'>): Promise<void>
  /** Throws before the first byte where it is missing or the store is away (`unavailable`); an error later ends the stream. */
  open(sha256: string, range?: ByteRange): Promise<Readable>
  has(sha256: string): Promise<boolean>
  /** What is not there is removed already. */
  remove(sha256: string, signal?: AbortSignal): Promise<void>
}

export async function digestFile(file: string): Promise<Content> {
  const [sha256, sha512] = [createHash('sha256'), createHash('sha512')]
  let size = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 1_048_576 })) {
    sha256.update(chunk)
    sha512.update(chunk)
    size += chunk.length
  }
  return { sha256: sha256.digest('hex'), sha512: sha512.digest('hex'), size }
}
