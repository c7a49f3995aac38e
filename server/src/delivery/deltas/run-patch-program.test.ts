// The program that makes patches: what it writes leads exactly to the new content, and it can be ended at any moment.
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdDecompressSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { runPatchProgram } from './run-patch-program.ts'
import { settingsFor } from './table-sizes.ts'
import type { PatchTask } from './write-patch.ts'

const old = randomBytes(400_000)
const fresh = Buffer.concat([old.subarray(200_000), randomBytes(1000), old.subarray(0, 200_000)])
const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const unhurried = () => new AbortController().signal

async function aTask(change: Partial<PatchTask> = {}): Promise<PatchTask> {
  const folder = await mkdtemp(join(tmpdir(), 'fairway-patch-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'old'), gzipSync(old))
  await writeFile(join(folder, 'new'), fresh)
  const settings = settingsFor({ dictionary: old.length, target: fresh.length }, 2 ** 30)
  if (!settings) throw new Error('There is room for this.')
  return {
    dictionary: { file: join(folder, 'old'), kind: 'tar.gz', plain: { sha256: digest(old), size: old.length } },
    target: { file: join(folder, 'new'), kind: 'opaque', plain: { sha256: digest(fresh), size: fresh.length } },
    out: join(folder, 'patch'),
    settings,
    uselessFromBytes: 100_000,
    ...change,
  }
}

test('makes a patch, and tells its digest, size and cost', async () => {
  const task = await aTask()

  const answer = await runPatchProgram(task, unhurried())

  const patch = await readFile(task.out)
  expect(answer).toEqual({ kind: 'made', sha256: digest(patch), size: patch.length, cpuMs: expect.any(Number) })
  expect(patch.length).toBeLessThan(2000)
  expect(zstdDecompressSync(patch.subarray(40), { dictionary: old }).equals(fresh)).toBe(true)
})

test('gives up as soon as a patch would be larger than is of use', async () => {
  expect(await runPatchProgram(await aTask({ uselessFromBytes: 500 }), unhurried())).toMatchObject({ kind: 'useless' })
})

test.each(['dictionary', 'target'] as const)('refuses a %s that is not what was learnt', async (side) => {
  const task = await aTask()
  const wrong = { ...task, [side]: { ...task[side], plain: { ...task[side].plain, sha256: digest(Buffer.alloc(1)) } } }

  await expect(runPatchProgram(wrong, unhurried())).rejects.toThrow('not what it was when it came')
})

test('is ended where it takes much more memory than was estimated', async () => {
  const task = await aTask()
  const settings = { ...task.settings, memoryBytes: 1_000_000 }
  // Large enough to be at work when it is looked at.
  const large = randomBytes(60_000_000)
  await writeFile(task.target.file, large)
  const target = { ...task.target, plain: { sha256: digest(large), size: large.length } }

  await expect(runPatchProgram({ ...task, settings, target, uselessFromBytes: 1e9 }, unhurried())).rejects.toThrow(
    'much more memory',
  )
})

test('is killed at once when nobody wants the patch any more', async () => {
  const stopping = new AbortController()
  const made = runPatchProgram(await aTask(), stopping.signal)
  stopping.abort()

  await expect(made).rejects.toThrow('SIGKILL')
  await expect(runPatchProgram(await aTask(), stopping.signal)).rejects.toThrow('aborted')
})
