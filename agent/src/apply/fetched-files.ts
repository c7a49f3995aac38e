// What an update has fetched so far lies in downloads/, named by digests: what is there is always of this very release.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCode } from '../agent-error.ts'
import type { Target } from '../journal.ts'
import type { Layout } from '../layout.ts'

/** The artifact, or a beginning of it. */
export function downloadedFile({ downloads }: Layout, { artifact }: Target): string {
  return join(downloads, `${artifact.sha256}.part`)
}

/** The plain content, rebuilt and verified; undefined where nobody signed what it should be. */
export function plainFile({ downloads }: Layout, { artifact }: Target): string | undefined {
  return artifact.plain && join(downloads, `${artifact.plain.sha256}.plain`)
}

/** The plain content, where it was rebuilt. */
export async function rebuiltFile(layout: Layout, target: Target): Promise<string | undefined> {
  const file = plainFile(layout, target)
  return file !== undefined && (await statOf(file)) ? file : undefined
}

export async function statOf(path: string) {
  try {
    return await stat(path)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}
