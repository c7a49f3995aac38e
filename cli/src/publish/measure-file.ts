// Reads a file once and tells its size and digest, so that the server can prove that it got the same.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { ReleaseFile } from '../arguments/release-file.ts'
import { wrongUsage } from '../failure.ts'

export interface MeasuredFile extends ReleaseFile {
  /** bytes */
  size: number
  /** hex */
  sha256: string
}

export async function measureFile(file: ReleaseFile): Promise<MeasuredFile> {
  try {
    const { size } = await stat(file.path)
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(file.path, { highWaterMark: 1_048_576 })) hash.update(chunk)
    return { ...file, size, sha256: hash.digest('hex') }
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw wrongUsage(`We cannot read ${file.path}: ${READ_FAULTS[reason] ?? reason}.`, 'Check the path after the = of --file.')
  }
}

const READ_FAULTS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
}
