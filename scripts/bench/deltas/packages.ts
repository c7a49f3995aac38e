// Fetches consecutive versions of real packages from the npm registry, and what is inside of them.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'

const run = promisify(execFile)

export interface Packed {
  /** Below the folder: the package as npm serves it, and the tar inside. */
  tgz: string
  tar: string
  tgzBytes: number
  tarBytes: number
  /** Of the tar, hex. */
  sha256: string
}

export interface Pair {
  name: string
  folder: string
  before: Packed
  after: Packed
}

export async function fetchPair(place: string, { name, versions }: { name: string; versions: [string, string] }): Promise<Pair> {
  const folder = join(place, name.replaceAll(/[^a-z0-9]+/g, '-'))
  await mkdir(folder, { recursive: true })
  const [before, after] = [await fetchOne(folder, `${name}@${versions[0]}`), await fetchOne(folder, `${name}@${versions[1]}`)]
  return { name: `${name} ${versions.join(' → ')}`, folder, before, after }
}

async function fetchOne(folder: string, what: string): Promise<Packed> {
  const { stdout } = await run('npm', ['pack', '--silent', what], { cwd: folder })
  const tgz = stdout.trim()
  const tar = tgz.replace(/tgz$/, 'tar')
  const packed = await readFile(join(folder, tgz))
  const inside = gunzipSync(packed)
  await writeFile(join(folder, tar), inside)
  const sha256 = createHash('sha256').update(inside).digest('hex')
  return { tgz, tar, tgzBytes: packed.length, tarBytes: inside.length, sha256 }
}
