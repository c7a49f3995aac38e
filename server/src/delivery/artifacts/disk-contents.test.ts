// Content is kept once, under its digest, and the upload that it came from stays until the artifact is written down.
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { createDiskContents } from './disk-contents.ts'

async function aStore() {
  const folder = await mkdtemp(join(tmpdir(), 'fairway-contents-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const upload = join(folder, 'upload')
  await writeFile(upload, 'the bytes')
  const contents = createDiskContents(folder)
  const read = async (sha256: string) => text(await contents.open(sha256))
  const pathOf = (sha256: string) => join(folder, 'sha256', sha256.slice(0, 2), sha256)
  return { contents, upload, read, pathOf }
}

test('whoever is killed after the content was taken finds the upload again, and takes it again', async () => {
  const { contents, upload, read } = await aStore()
  const content = await contents.digest(upload)

  await contents.take(upload, content)
  const again = await contents.digest(upload)
  await contents.take(upload, again)

  expect(again).toEqual(content)
  expect(await read(content.sha256)).toBe('the bytes')
})

test('what is kept outlives the upload, and takes no room of its own', async () => {
  const { contents, upload, read, pathOf } = await aStore()
  const content = await contents.digest(upload)

  await contents.take(upload, content)
  const { nlink } = await stat(pathOf(content.sha256))
  await rm(upload)

  expect(nlink).toBe(2)
  expect(await read(content.sha256)).toBe('the bytes')
})

test('content of the wrong size, which only a damaged disk leaves, is replaced', async () => {
  const { contents, upload, read, pathOf } = await aStore()
  const content = await contents.digest(upload)
  await contents.take(upload, content)
  await rm(pathOf(content.sha256))
  await writeFile(pathOf(content.sha256), 'half')

  await contents.take(upload, content)

  expect(await read(content.sha256)).toBe('the bytes')
})

test('a range has both of its ends', async () => {
  const { contents, upload } = await aStore()
  const content = await contents.digest(upload)
  await contents.take(upload, content)

  expect(await text(await contents.open(content.sha256, { start: 4, end: 8 }))).toBe('bytes')
  expect(await text(await contents.open(content.sha256, { start: 0, end: 0 }))).toBe('t')
})

test('what was removed is gone, can be removed again, and is not opened', async () => {
  const { contents, upload } = await aStore()
  const content = await contents.digest(upload)
  await contents.take(upload, content)
  const before = await contents.has(content.sha256)

  await contents.remove(content.sha256)
  await contents.remove(content.sha256)

  expect([before, await contents.has(content.sha256)]).toEqual([true, false])
  await expect(contents.open(content.sha256)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a removal that was given up removes nothing', async () => {
  const { contents, upload } = await aStore()
  const content = await contents.digest(upload)
  await contents.take(upload, content)

  await expect(contents.remove(content.sha256, AbortSignal.abort())).rejects.toThrow()

  expect(await contents.has(content.sha256)).toBe(true)
})
