// What every store of files needs: names that survive a power cut, and a missing file that is no error.
import { open } from 'node:fs/promises'

/** Of a file its bytes, of a folder the names in it: only then do they survive a power cut. */
export async function sync(path: string) {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** For `.catch`: any other error stays one. */
export function undefinedIfMissing(error: NodeJS.ErrnoException) {
  if (error.code === 'ENOENT') return undefined
  throw error
}
