// The TUF metadata that this installation believes, DIR/state/tuf: tuf-js writes into a copy, and only whole files come back, durably.
import { cp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { crashPoint } from '../crash.ts'
import { makeFolder, readTextFile, writeDurably } from '../files.ts'
import type { Layout } from '../layout.ts'
import { stepOf } from './trust-steps.ts'

// A document is of use only beside those that vouch for it.
const order = ['root.json', 'timestamp.json', 'snapshot.json', 'targets.json']

/** Where tuf-js may write as it likes: it does not flush, and a kill in the midst would leave half a file. */
export async function openWorkFolder({ tuf, tufWork }: Layout): Promise<string> {
  await makeFolder(tuf)
  await rm(tufWork, { recursive: true, force: true })
  await cp(tuf, tufWork, { recursive: true })
  return tufWork
}

/** Also after a refresh that failed: tuf-js writes only what it verified, and an older one must not be believed again. */
export async function keepMetadata({ tuf, tufWork }: Layout): Promise<void> {
  const files = (await readdir(tufWork)).filter((file) => file.endsWith('.json'))
  for (const file of files.toSorted((a, b) => rank(a) - rank(b))) {
    const text = (await readTextFile(join(tufWork, file))) ?? ''
    if (text === (await readTextFile(join(tuf, file)))) continue
    crashPoint(stepOf(file), 'before')
    await writeDurably(join(tuf, file), text)
    crashPoint(stepOf(file), 'after')
  }
  await rm(tufWork, { recursive: true, force: true })
}

function rank(file: string): number {
  const place = order.indexOf(file)
  return place < 0 ? order.length : place
}
