// Unpacks a compressed tar as a stream; limits count every byte that comes out of the decompressor, headers too.
import { createReadStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { extract, type Extract, type Header } from 'tar-stream'
import type { Into } from './unpack.ts'
import { asRefusal, refuseArchive, safeMode, shown, type Tally } from './unpack-limits.ts'

export async function unpackTar(file: string, decompress: NodeJS.ReadWriteStream, into: Into): Promise<void> {
  const tar = extract()
  const piping = pipeline(createReadStream(file), decompress, createMeter(into.tally), tar)
  const [placed, piped] = await Promise.allSettled([placeEntries(tar, into), piping])
  // What stopped the reading is the cause; that the pipe then broke is its effect.
  if (placed.status === 'rejected') throw asRefusal(placed.reason)
  if (piped.status === 'rejected') throw asRefusal(piped.reason)
}

async function placeEntries(tar: Extract, { place, tally }: Into): Promise<void> {
  for await (const entry of tar) {
    const { name, type, mode, size } = entry.header
    const path = tally.take(name)
    refuseSpecial(entry.header)
    if (type === 'file' && path !== undefined) await place.file(path, safeMode(mode), bytesOf(entry))
    else if (path !== undefined) await place.folder(path)
    if (type === 'directory' && (size ?? 0) > 0) refuseArchive(`the folder ${shown(name)} has content.`)
    entry.resume()
  }
}

// streamx leaves its chunks untyped; a tar's are always bytes.
async function* bytesOf(content: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) if (chunk instanceof Uint8Array) yield chunk
}

// Links, devices and pipes could lead writes or reads out of the folder; a release has no need of them.
function refuseSpecial({ name, type }: Header): void {
  if (type !== 'file' && type !== 'directory')
    refuseArchive(`${shown(name)} is a ${type ?? 'thing of unknown kind'}; only files and folders may be in it.`)
}

function createMeter(tally: Tally): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        tally.add(chunk.length)
        done(null, chunk)
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)))
      }
    },
  })
}
