// Keeps contents below a folder; a file is complete and on disk before its name exists.
import { link, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sync, undefinedIfMissing } from '#platform/durable'
import { type ContentStore, digestFile } from './content-store.ts'

/** What file systems without second names answer. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'])

export function createDiskContents(folder: string): ContentStore {
  const pathOf = (sha256: string) => join(folder, 'sha256', sha256.slice(0, 2), sha256)

  return {
    digest: digestFile,
    async take(file, { sha256, size }) {
      const target = pathOf(sha256)
      await mkdir(dirname(target), { recursive: true })
      const known = await stat(target).catch(undefinedIfMissing)
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
    async open(sha256, range) {
      const handle = await open(pathOf(sha256))
      return handle.createReadStream(range)
    },
    has: async (sha256) => (await stat(pathOf(sha256)).catch(undefinedIfMissing)) !== undefined,
    async remove(sha256, signal) {
      signal?.throwIfAborted()
      await rm(pathOf(sha256), { force: true })
    },
  }
}
