// Keeps the bytes of artifacts by their sha256, each content once; a file is complete and on disk before its name exists.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** What file systems without second names answer. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'])

export interface Content {
  sha256: string
  sha512: string
  size: number
}

export interface ContentStore {
  /** Reads a file once and tells its digests, in hex, without keeping it in memory. */
  digest(file: string): Promise<Content>
  /** Takes a finished file in, which must be on the same disk and must not change any more. Afterwards its bytes survive a power cut. */
  take(file: string, content: Content): Promise<void>
  pathOf(sha256: string): string
}

export function createContentStore(folder: string): ContentStore {
  const pathOf = (sha256: string) => join(folder, 'sha256', sha256.slice(0, 2), sha256)

  return {
    pathOf,
    async digest(file) {
      const [sha256, sha512] = [createHash('sha256'), createHash('sha512')]
      let size = 0
      for await (const chunk of createReadStream(file, { highWaterMark: 1_048_576 })) {
        sha256.update(chunk)
        sha512.update(chunk)
        size += chunk.length
      }
      return { sha256: sha256.digest('hex'), sha512: sha512.digest('hex'), size }
    },
    async take(file, { sha256, size }) {
      const target = pathOf(sha256)
      await mkdir(dirname(target), { recursive: true })
      const known = await stat(target).catch(() => undefined)
      if (known?.size === size) return
      // Only a damaged disk makes it differ.
      if (known) await rm(target)
      await sync(file)
      // A second name, not another one: whoever is killed before the artifact is written down finds the upload again.
      await link(file, target).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return
        if (!NO_LINKS.has(error.code ?? '')) throw error
        return rename(file, target)
      })
      await sync(dirname(target))
    },
  }
}

async function sync(path: string) {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
