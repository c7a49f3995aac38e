// What the store of contents promises on a bucket, and what it does when the bucket is away or falls silent.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { aBucket } from '#testing/bucket'
import { checkS3 } from './check-s3.ts'
import { createS3Contents } from './s3-contents.ts'

const LIMITS = { answerMs: 1000, partMs: 1000, silenceMs: 500 }
const MISSING = 'f'.repeat(64)

let bucket: Awaited<ReturnType<typeof aBucket>>
let folder = ''
beforeAll(async () => {
  bucket = await aBucket()
  folder = await mkdtemp(join(tmpdir(), 'fairway-s3-'))
})
afterAll(async () => {
  await bucket.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(() => bucket.set('open'))

function aStore(place = {}) {
  const said: string[] = []
  const say = (_fields: unknown, message?: string) => void said.push(message ?? '')
  const opened = createS3Contents({ ...bucket.place, ...place }, { info: say, warn: say, error: say }, LIMITS)
  onTestFinished(() => opened.client.destroy())
  return { ...opened, said }
}

async function aFile(bytes: string | Buffer) {
  const file = join(folder, `upload-${crypto.randomUUID()}`)
  await writeFile(file, bytes)
  return file
}

async function taken(bytes: string | Buffer) {
  const store = aStore()
  const file = await aFile(bytes)
  const content = await store.contents.digest(file)
  await store.contents.take(file, content)
  return { ...store, ...content, file, content }
}

describe('a content in a bucket', () => {
  test('is there once it was taken, whole and in ranges with both ends', async () => {
    const { contents, sha256 } = await taken('the bytes')

    expect(bucket.holds(sha256)).toBe(true)
    expect(await contents.has(sha256)).toBe(true)
    expect(await text(await contents.open(sha256))).toBe('the bytes')
    expect(await text(await contents.open(sha256, { start: 4, end: 8 }))).toBe('bytes')
    expect(await text(await contents.open(sha256, { start: 0, end: 1 }))).toBe('th')
  })

  test('is not sent where the store gives other bytes than were asked for', async () => {
    const { contents, sha256 } = await taken('the bytes of another range')

    // A flaw of this server: it takes an end of 0 for none.
    await expect(contents.open(sha256, { start: 0, end: 0 })).rejects.toThrow(/gave 26 bytes where bytes=0-0 was asked for/)
  })

  test('may be empty, and may need several parts', async () => {
    const empty = await taken('')
    const big = await taken(Buffer.alloc(20 * 2 ** 20, 'fairway'))

    expect(await text(await empty.contents.open(empty.sha256))).toBe('')
    expect((await buffer(await big.contents.open(big.sha256))).equals(Buffer.alloc(20 * 2 ** 20, 'fairway'))).toBe(true)
  })

  test('is sent once: a second take asks only whether it is there', async () => {
    const { contents, content } = await taken('sent once')

    await contents.take(join(folder, 'this file was never there'), content)

    expect(bucket.holds(content.sha256)).toBe(true)
  })

  test('that is missing is an error of ours before the first byte, and no absence of the store', async () => {
    const { contents, said } = aStore()

    expect(await contents.has(MISSING)).toBe(false)
    await expect(contents.open(MISSING)).rejects.toThrow(/is not in the storage any more/)
    await contents.remove(MISSING)
    expect(said).toEqual([])
  })

  test('is gone once it was removed, unless the removal was given up', async () => {
    const { contents, sha256 } = await taken('gone soon')

    await expect(contents.remove(sha256, AbortSignal.abort())).rejects.toThrow()
    expect(bucket.holds(sha256)).toBe(true)
    await contents.remove(sha256)

    expect(bucket.holds(sha256)).toBe(false)
  })
})

describe('a store that is away', () => {
  const away = { kind: 'unavailable', code: 'storage.away' }

  test.each(['cut', 'silent'] as const)(
    'because the line is %s refuses everything in bounded time, and says so once',
    async (line) => {
      const { contents, sha256, content, file, said } = await taken(`before the line was ${line}`)
      bucket.set(line)
      const began = performance.now()

      await expect(contents.open(sha256)).rejects.toMatchObject(away)
      await expect(contents.has(sha256)).rejects.toMatchObject(away)
      await expect(contents.take(file, { ...content, sha256: MISSING })).rejects.toMatchObject(away)
      await expect(contents.remove(sha256)).rejects.toMatchObject(away)
      const tookMs = performance.now() - began
      bucket.set('cut')
      bucket.set('open')
      const read = await text(await contents.open(sha256))

      expect(tookMs).toBeLessThan(4 * LIMITS.answerMs + 2000)
      expect(read).toBe(`before the line was ${line}`)
      expect(said).toEqual(['the storage of artifacts is away', 'the storage of artifacts is back'])
    },
  )

  test('in the middle of a body ends the stream with an error', async () => {
    const { contents, sha256 } = await taken(Buffer.alloc(2 ** 20, 'x'))
    bucket.set({ bytes: 300_000 })

    const stream = await contents.open(sha256)
    const read = buffer(stream)

    await expect(read).rejects.toThrow(/No byte came for 0.5 s/)
  })

  test('does not end a stream whose reader takes its time', async () => {
    const { contents, sha256 } = await taken(Buffer.alloc(8 * 2 ** 20, 'x'))
    const stream = await contents.open(sha256)
    let bytes = 0

    for await (const chunk of stream) {
      if (bytes === 0) await new Promise((resolve) => setTimeout(resolve, 3 * LIMITS.silenceMs))
      bytes += (chunk as Buffer).length
    }

    expect(bytes).toBe(8 * 2 ** 20)
  })

  test('lets go of its connection when the reader goes away', async () => {
    const { contents, sha256 } = await taken(Buffer.alloc(8 * 2 ** 20, 'x'))
    const streams = await Promise.all(Array.from({ length: 20 }, () => contents.open(sha256)))

    expect(bucket.countConnections()).toBeGreaterThanOrEqual(streams.length)
    for (const stream of streams) stream.destroy()

    // Idle ones are closed by the server after five seconds.
    await expect.poll(bucket.countConnections, { timeout: 20_000 }).toBe(0)
  })
})

describe('at the start', () => {
  test('a bucket that lets us do everything is taken without a word, and keeps nothing of the trial', async () => {
    const opened = aStore()

    await checkS3(opened)

    expect(opened.said).toEqual([])
    expect(bucket.names()).not.toContain('fairway-may-write')
  })

  test('a bucket that is not there is said by name', async () => {
    await expect(checkS3(aStore({ bucket: 'other' }))).rejects.toThrow(/FAIRWAY_STORAGE_URL: there is no bucket other at http/)
  })

  test('credentials that the store does not know are said', async () => {
    const { AWS_ACCESS_KEY_ID } = process.env
    process.env.AWS_ACCESS_KEY_ID = 'NOBODY'
    onTestFinished(() => void (process.env.AWS_ACCESS_KEY_ID = AWS_ACCESS_KEY_ID))

    await expect(checkS3(aStore())).rejects.toThrow(/does not accept the credentials \(InvalidAccessKeyId\)/)
  })

  test('a store that is away is logged, and stops nobody', async () => {
    bucket.set('cut')
    const opened = aStore()

    await checkS3(opened)

    expect(opened.said).toEqual([expect.stringMatching(/^the storage of artifacts is away/)])
  })
})
