// Artifacts in a bucket are part of a backup like those on a disk: streamed in, checked, and brought back into a bucket or onto a disk.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aBucket } from '#testing/bucket'
import { openFairway, type TestFairway } from '#testing/open-fairway'
import { aStaff } from '#testing/people'
import { aDraft, aProduct } from '#testing/releases'
import { anEmptyDatabase, at, command } from './a-backup.ts'

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' }

const folder = mkdtempSync(join(tmpdir(), 'fairway-backup-'))
let bucket: Awaited<ReturnType<typeof aBucket>>
let fairway: TestFairway
let sha256 = ''
beforeAll(async () => {
  bucket = await aBucket()
  fairway = await openFairway({ storage: bucket.place })
  const { headers } = await aStaff(fairway)
  await aProduct(fairway, headers, { id: 'till' })
  const draft = await aDraft(fairway, headers, { productId: 'till', version: '1.0.0', content: randomBytes(3_000_000) })
  sha256 = draft.artifacts[0]?.sha256 ?? ''
})
afterAll(async () => {
  await fairway.close()
  await bucket.close()
  rmSync(folder, { recursive: true, force: true })
})

const inBucket = (prefix?: string) => ({ FAIRWAY_STORAGE_URL: bucket.url(prefix), ...CREDENTIALS })
const backUp = (file: string) => command(['backup', file], { ...at(fairway.connectionString, fairway.dataDir), ...inBucket() })
const onDisk = (dataDir: string) => existsSync(join(dataDir, 'artifacts/sha256', sha256.slice(0, 2), sha256))

test('a backup of a bucket is restored into another one, or onto a disk', async () => {
  const file = join(folder, 'whole')
  const [toBucket, toDisk] = [join(folder, 'to-bucket'), join(folder, 'to-disk')]

  const taken = await backUp(file)
  const restored = await command(['restore', file], { ...at(await anEmptyDatabase(), toBucket), ...inBucket('other/') })
  const moved = await command(['restore', file], at(await anEmptyDatabase(), toDisk))

  expect(taken).toMatchObject({ code: 0, said: expect.stringContaining('1 file (3.0 MB)') })
  expect(restored).toMatchObject({ code: 0, said: expect.stringContaining('1 file below') })
  expect(restored.said).toContain('and in the bucket fairway')
  expect([bucket.holds(sha256, 'other/'), onDisk(toBucket)]).toEqual([true, false])
  expect([moved.code, onDisk(toDisk)]).toEqual([0, true])
})

test('no backup is made while the bucket is away, or without an artifact that it should hold', async () => {
  bucket.set('cut')
  const away = await backUp(join(folder, 'away'))
  bucket.set('open')
  await bucket.lose(sha256)
  const lost = await backUp(join(folder, 'lost'))

  expect(away).toMatchObject({ code: 1, said: expect.stringContaining('Our storage of files is away') })
  expect(lost).toMatchObject({ code: 1, said: expect.stringMatching(/The file s3:\/\/fairway\/story\/sha256\/.* is missing/) })
  expect(readdirSync(folder).filter((name) => /away|lost/.test(name))).toEqual([])
})

test('a start with a bucket that is not there says so', async () => {
  const env = {
    ...at(fairway.connectionString, fairway.dataDir),
    ...CREDENTIALS,
    FAIRWAY_STORAGE_URL: bucket.url().replace('s3://fairway', 's3://nowhere'),
  }

  const ended = await command(['backup', join(folder, 'nowhere')], env)

  expect(ended).toMatchObject({ code: 1, said: expect.stringContaining('FAIRWAY_STORAGE_URL: there is no bucket nowhere') })
})
