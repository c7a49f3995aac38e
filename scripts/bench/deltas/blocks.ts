// What electron-updater would fetch: blocks cut by content as electron-builder cuts them, and the plan of the real client.
import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import type { Pair } from './packages.ts'

/** electron-builder cuts by Rabin fingerprints between these; we take a gear hash, which cuts as well. */
const MIN = 8 * 1024
const MAX = 32 * 1024
const MASK = 0xfff80000

interface BlockMap {
  version: string
  files: { name: string; offset: number; checksums: string[]; sizes: number[] }[]
}

interface Operation {
  /** 0: copy from the old file, 1: download. */
  kind: number
  start: number
  end: number
}

const gear = Uint32Array.from({ length: 256 }, (_, at) => createHash('sha256').update(`gear ${at}`).digest().readUInt32BE(0))

/** Blocks and the new map; what was fetched of the old one is not counted. */
export async function blockmapBytes({ folder, before, after }: Pair): Promise<number> {
  const [old, fresh] = [mapOf(await readFile(join(folder, before.tar))), mapOf(await readFile(join(folder, after.tar)))]
  const planner = createRequire(import.meta.url)('electron-updater/out/differentialDownloader/downloadPlanBuilder.js') as {
    computeOperations(old: BlockMap, fresh: BlockMap, log: object): Operation[]
  }
  const quiet = { info() {}, warn() {}, error() {}, debug() {} }
  const operations = planner.computeOperations(old, fresh, quiet)
  const fetched = operations.filter(({ kind }) => kind === 1).reduce((sum, { start, end }) => sum + end - start, 0)
  return fetched + deflateRawSync(JSON.stringify(fresh)).length
}

function mapOf(bytes: Buffer): BlockMap {
  const checksums: string[] = []
  const sizes: number[] = []
  for (let at = 0; at < bytes.length;) {
    const end = endOfBlock(bytes, at)
    checksums.push(createHash('blake2b512').update(bytes.subarray(at, end)).digest().subarray(0, 18).toString('base64'))
    sizes.push(end - at)
    at = end
  }
  return { version: '2', files: [{ name: 'file', offset: 0, checksums, sizes }] }
}

function endOfBlock(bytes: Buffer, start: number): number {
  const last = Math.min(start + MAX, bytes.length)
  let hash = 0
  for (let at = Math.min(start + MIN - 64, last); at < last; at++) {
    hash = ((hash << 1) + (gear[bytes[at] ?? 0] ?? 0)) >>> 0
    if (at >= start + MIN && (hash & MASK) >>> 0 === 0) return at + 1
  }
  return last
}
