// The plain content of the version that runs, kept as the dictionary of the next patch: DIR/plain/<folder of the version>_<sha256>.
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { PlainContent } from '@fairway/trust'
import { removeDurably } from './files.ts'
import type { Layout } from './layout.ts'

export interface KeptPlain extends PlainContent {
  file: string
}

const digestLength = 64

/** A larger one would have to be held in memory to be of use. */
export const maxKeptBytes = 256 * 1024 ** 2

export function keptFile({ plain }: Layout, folder: string, sha256: string): string {
  return join(plain, `${folder}_${sha256}`)
}

/** Of the version in this folder; undefined where nothing was kept. */
export async function findKept(layout: Layout, folder: string): Promise<KeptPlain | undefined> {
  const name = (await readdir(layout.plain)).find((one) => isOf(one, folder))
  if (name === undefined) return undefined
  const file = join(layout.plain, name)
  return { file, sha256: name.slice(-digestLength), size: (await stat(file)).size }
}

/** Also what was cut off while it was written. */
export async function removeKeptBut(layout: Layout, folder: string | undefined): Promise<void> {
  for (const name of await readdir(layout.plain)) {
    if (folder === undefined || !isOf(name, folder)) await removeDurably(join(layout.plain, name))
  }
}

function isOf(name: string, folder: string): boolean {
  return name.slice(0, -digestLength) === `${folder}_` && /^[0-9a-f]{64}$/.test(name.slice(-digestLength))
}
