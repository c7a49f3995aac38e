// Content is kept once, under its digest, and the upload that it came from stays until the artifact is written down.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createContentStore } from './content-store.ts'

async function aStore() {
  const folder = await mkdtemp(join(tmpdir(), 'fairway-contents-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const upload = join(folder, 'upload')
  await writeFile(upload, 'the bytes')
  return { contents: createContentStore(folder), upload }
}

test('whoever is killed after the content was taken finds the upload again, and takes it again', async () => {
  const { contents, upload } = await aStore()
  const content = await contents.digest(upload)

  await contents.take(upload, content)
  const again = await contents.digest(upload)
  await contents.take(upload, again)

  expect(again).toEqual(content)
  expect(await readFile(contents.pathOf(content.sha256), 'utf8')).toBe('the bytes')
})

test('what is kept outlives the upload', async () => {
  const { contents, upload } = await aStore()
  const content = await contents.digest(upload)

  await contents.take(upload, content)
  await rm(upload)

  expect(await readFile(contents.pathOf(content.sha256), 'utf8')).toBe('the bytes')
})

test('content of the wrong size, which only a damaged disk leaves, is replaced', async () => {
  const { contents, upload } = await aStore()
  const content = await contents.digest(upload)
  await contents.take(upload, content)
  await rm(contents.pathOf(content.sha256))
  await writeFile(contents.pathOf(content.sha256), 'half')

  await contents.take(upload, content)

  expect(await readFile(contents.pathOf(content.sha256), 'utf8')).toBe('the bytes')
})
