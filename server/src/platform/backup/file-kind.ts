// The files that rows name, and how a backup comes by their bytes: from the data folder, unless they are kept elsewhere.
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileSource } from './archive-writer.ts'
import type { Member } from './format.ts'
import { undefinedIfMissing } from '../durable.ts'

export interface FileKind {
  /** Gives `path` (relative to the data folder), `size` and `sha256` of each file that must be there. */
  select: string
  /** What such a path looks like; nothing else is ever restored. */
  path: RegExp
  /** For files that are not kept in the data folder. */
  elsewhere?: Elsewhere
}

export interface Elsewhere {
  source(file: Pick<Member, 'sha256'>): FileSource
  /** Takes a file there that was restored into the data folder. */
  bring(file: string, expected: Member): Promise<void>
}

export function inDataFolder(dataDir: string, path: string): FileSource {
  const place = join(dataDir, path)
  return {
    place,
    async open() {
      const handle = await open(place).catch(undefinedIfMissing)
      return handle?.createReadStream({ highWaterMark: 1_048_576 })
    },
  }
}
