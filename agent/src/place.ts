// Puts files and folders into the fresh, private folder into which an archive is unpacked.
import { mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { systemCode } from './agent-error.ts'
import { syncFolder, writeAll } from './files.ts'
import { refuseArchive, shown } from './unpack-limits.ts'

export interface Place {
  folder(path: string): Promise<void>
  file(path: string, mode: number, content: AsyncIterable<Uint8Array>): Promise<void>
  /** Flushes the names; the contents were flushed file by file. */
  sync(): Promise<void>
}

/** Nothing here ever makes a link, so a path below `root` stays below it. */
export async function createPlace(root: string): Promise<Place> {
  await mkdir(root, { mode: 0o755 })
  const folders = new Set([root])

  const addFolder = async (path: string) => {
    if (folders.has(path)) return
    await addFolder(dirname(path))
    await refuseTaken(path, () => mkdir(path, { mode: 0o755 }))
    folders.add(path)
  }
  return {
    folder: (path) => addFolder(join(root, path)),
    async file(path, mode, content) {
      await addFolder(dirname(join(root, path)))
      // `wx` never follows or replaces what is there.
      await using handle = await refuseTaken(join(root, path), () => open(join(root, path), 'wx', mode))
      for await (const chunk of content) await writeAll(handle, chunk)
      // The umask of whoever started the agent is not the publisher's intention.
      await handle.chmod(mode)
      await handle.sync()
    },
    async sync() {
      for (const folder of folders) await syncFolder(folder)
    },
  }
}

async function refuseTaken<Made>(path: string, make: () => Promise<Made>): Promise<Made> {
  try {
    return await make()
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return refuseArchive(`${shown(path)} is both a file and a folder in it, or in it twice.`)
    throw error
  }
}
