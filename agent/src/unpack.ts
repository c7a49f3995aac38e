// Unpacks an artifact of any kind into a folder that does not exist before and is complete when it does.
import { createReadStream } from 'node:fs'
import { rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { removeDurably, syncFolder } from './files.ts'
import { createDecompressor, type FileKind } from './plain-content.ts'
import { createPlace, type Place } from './place.ts'
import { createTally, defaultLimits, type Limits, type Tally } from './unpack-limits.ts'
import { unpackTar } from './unpack-tar.ts'
import { unpackZip } from './unpack-zip.ts'

export interface Unpacking {
  file: string
  kind: FileKind
  /** What an opaque file is called. */
  name: string
  folder: string
  /** How large the archive would be, where the file is what was inside of one. */
  archiveBytes?: number
  limits?: Limits
}

/** A StepFailure `archive_refused` for what an archive must not hold; errors of the disk as they come. */
export async function unpackArtifact({
  file,
  kind,
  name,
  folder,
  archiveBytes,
  limits = defaultLimits,
}: Unpacking): Promise<void> {
  const beside = `${folder}.unpacking`
  await removeDurably(beside)
  const place = await createPlace(beside)
  const tally = createTally(limits, archiveBytes ?? (await stat(file)).size)
  await unpackers[kind](file, { place, tally, name })
  await place.sync()
  await rename(beside, folder)
  await syncFolder(dirname(folder))
}

export interface Into {
  place: Place
  tally: Tally
  name: string
}

const unpackers: Record<FileKind, (file: string, into: Into) => Promise<void>> = {
  'tar.gz': (file, into) => unpackTar(file, createDecompressor('tar.gz'), into),
  'tar.zst': (file, into) => unpackTar(file, createDecompressor('tar.zst'), into),
  tar: (file, into) => unpackTar(file, createDecompressor('tar'), into),
  zip: unpackZip,
  opaque: (file, { place, name }) => place.file(name, 0o755, createReadStream(file)),
}
