// What the store of files promises.
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { createFileStore } from './file-store.ts'

const ID = 'at_0123456789abcdef'

async function openStore() {
  const folder = await mkdtemp(join(tmpdir(), 'fairway-files-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const names = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()).map((one) => one.name)
  return { files: createFileStore(folder), names }
}

const bytes = (...chunks: string[]) => Readable.from(chunks.map((chunk) => Buffer.from(chunk)))

test('what was saved is read back whole, with its size, digest and first bytes', async () => {
  const { files } = await openStore()

  const saved = await files.save(ID, bytes('hello ', 'world'), 100)
  const found = await files.open(ID)

  expect(saved).toMatchObject({ size: 11, sha256: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9' })
  expect(saved.head.toString()).toBe('hello world')
  expect(found?.size).toBe(11)
  expect((await buffer(found!.stream)).toString()).toBe('hello world')
})

test('exactly the limit is taken, one byte more is refused and leaves nothing', async () => {
  const { files, names } = await openStore()

  await expect(files.save(ID, bytes('hello', '!'), 5)).rejects.toMatchObject({ kind: 'too_large', code: 'file.too_large' })
  expect(await names()).toEqual([])
  await files.save(ID, bytes('hel', 'lo'), 5)
  expect(await names()).toEqual([ID])
})

test('a stream that fails leaves nothing', async () => {
  const { files, names } = await openStore()
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('half')
      throw new Error('gone')
    })(),
  )

  await expect(files.save(ID, broken, 100)).rejects.toMatchObject({ code: 'file.broke_off' })
  expect(await names()).toEqual([])
})

test('what is not there is undefined, and what is no id is never a path', async () => {
  const { files } = await openStore()

  expect(await files.open(ID)).toBeUndefined()
  await expect(async () => files.open('../../etc/passwd')).rejects.toThrow()
  await files.remove(ID)
  expect(await files.listOlderThan(new Date())).toEqual([])
})
