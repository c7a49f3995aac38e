// The symbolic link `current`: changed by a rename, so that at every moment it names one whole version or does not exist.
import { readlink, rename, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { systemCode } from '../agent-error.ts'
import { removeDurably, syncFolder } from '../files.ts'
import type { Layout } from '../layout.ts'

export async function pointCurrentAt(layout: Layout, folder: string): Promise<void> {
  const beside = `${layout.current}.tmp`
  await rm(beside, { force: true })
  // Relative: the folder of the installation may be moved or mounted elsewhere.
  await symlink(join('versions', folder), beside)
  await rename(beside, layout.current)
  await syncFolder(dirname(layout.current))
}

export async function removeCurrent(layout: Layout): Promise<void> {
  await removeDurably(layout.current)
}

/** The folder below versions/ that `current` names, or undefined where there is no such link. */
export async function folderAtCurrent(layout: Layout): Promise<string | undefined> {
  try {
    return basename(await readlink(layout.current))
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}
