// A large artifact goes through us in pieces: memory does not grow with it.
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { aBucket } from '#testing/bucket'

const MEASURE = join(import.meta.dirname, '../../testing/measure-contents.ts')
const MIB = 2 ** 20
const FILE_BYTES = 200 * MIB

async function aLargeFile() {
  const dataDir = await mkdtemp(join(tmpdir(), 'fairway-large-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  await mkdir(join(dataDir, 'artifacts'))
  const file = join(dataDir, 'artifacts', 'large')
  const handle = await open(file, 'w')
  for (let written = 0; written < FILE_BYTES; written += 4 * MIB) await handle.write(randomBytes(4 * MIB))
  await handle.close()
  return { dataDir, file }
}

/** A busy machine takes its time over the file; the test is about memory. */
const timeout = 300_000

test.each(['a disk', 'a bucket'])('200 MB into %s and twice out of it', { timeout }, async (kind) => {
  const { dataDir, file } = await aLargeFile()
  const bucket = kind === 'a bucket' ? await aBucket() : undefined
  if (bucket) onTestFinished(bucket.close)
  const wish = JSON.stringify({ dataDir, storage: bucket?.place, file, readers: 2 })

  const { stdout } = await promisify(execFile)(process.execPath, [MEASURE, wish])
  const { isWhole, grewTaking, grewFetching } = JSON.parse(stdout) as Record<string, number | boolean>

  console.log(`${kind}: grew by ${Number(grewTaking) / MIB} MiB taking, ${Number(grewFetching) / MIB} MiB in all`)
  expect(isWhole).toBe(true)
  expect(grewFetching).toBeLessThan(170 * MIB)
})
