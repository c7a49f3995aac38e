// Unpacks a zip by its central directory, one entry after another.
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import type { Into } from './unpack.ts'
import { asRefusal, refuseArchive, safeMode, shown, type Tally } from './unpack-limits.ts'

const typeMask = 0o170000
const regularFile = 0o100000
const directory = 0o040000

export async function unpackZip(file: string, into: Into): Promise<void> {
  try {
    const zip = await openPromise(file, { autoClose: false, lazyEntries: true, strictFileNames: true, validateEntrySizes: true })
    try {
      for await (const entry of zip.eachEntry()) await placeEntry(zip, entry, into)
    } finally {
      zip.close()
    }
  } catch (error) {
    throw asRefusal(error)
  }
}

async function placeEntry(zip: ZipFile, entry: Entry, { place, tally }: Into): Promise<void> {
  const path = tally.take(entry.fileName)
  const mode = unixMode(entry)
  const isFolder = entry.fileName.endsWith('/')
  const type = mode & typeMask
  if (type !== 0 && type !== (isFolder ? directory : regularFile))
    refuseArchive(`${shown(entry.fileName)} is a link or another special file.`)
  if (entry.isEncrypted()) refuseArchive(`${shown(entry.fileName)} is encrypted.`)
  if (path === undefined) return
  if (isFolder) return place.folder(path)
  const content = await zip.openReadStreamPromise(entry)
  // Whoever reads hears its errors; one that comes after the last word would end the agent.
  content.on('error', () => {})
  await place.file(path, safeMode(mode), metered(content, tally))
}

/** APPNOTE §4.4.2 and §4.4.15: where the entry was made on Unix (3), or macOS (19), the upper half of the attributes is its mode. */
function unixMode(entry: Entry): number {
  const madeOn = entry.versionMadeBy >> 8
  return madeOn === 3 || madeOn === 19 ? entry.externalFileAttributes >>> 16 : 0
}

async function* metered(content: AsyncIterable<Uint8Array>, tally: Tally): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    tally.add(chunk.length)
    yield chunk
  }
}
