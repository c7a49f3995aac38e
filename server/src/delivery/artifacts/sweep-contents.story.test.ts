// The sweep against whoever takes the same content in at the same moment, in every order that two processes can have.
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Tx } from '#platform/db'
import { newId } from '#platform/ids'
import { silentLog } from '#platform/log'
import { openFairway, type TestFairway } from '#testing/open-fairway'
import { aStaff } from '#testing/people'
import { aProduct, send } from '#testing/releases'
import { addArtifact, removeArtifact } from './artifact-store.ts'
import { REFERRING } from './content-ledger-store.ts'
import type { Content, ContentStore } from './content-store.ts'
import { createDiskContents } from './disk-contents.ts'
import { keepContent } from './keep-content.ts'
import { sweepContents } from './sweep-contents.ts'

const DAY_MS = 24 * 3_600_000

let fairway: TestFairway
let contents: ContentStore
let releaseId = ''
beforeAll(async () => {
  fairway = await openFairway()
  contents = createDiskContents(join(fairway.dataDir, 'artifacts'))
  const { headers } = await aStaff(fairway, ['developer'])
  await aProduct(fairway, headers, { id: 'till' })
  const payload = { productId: 'till', version: '1.0.0' }
  releaseId = (await send<{ id: string }>(fairway, headers, { method: 'POST', url: '/api/v1/releases', payload })).id
})
afterAll(() => fairway.close())

const deps = (store: ContentStore) => ({ ...fairway, contents: store, log: silentLog, onRemoved: () => undefined })
const sweep = (store = contents) => sweepContents(deps(store))

/** An artifact of a platform of its own. */
function refer(tx: Tx, content: Content) {
  const id = newId('ar')
  const artifact = { id, releaseId, platform: id, arch: 'any', name: id, kind: 'opaque' as const, ...content, plain: null }
  return addArtifact(tx, artifact, fairway.clock.now()).then(() => id)
}

const keep = (upload: Upload, store = contents) => keepContent(deps(store), upload, (tx) => refer(tx, upload.content))

interface Upload {
  file: string
  content: Content
}

async function anUploadedFile(): Promise<Upload> {
  const file = join(fairway.dataDir, 'artifacts', newId('upload'))
  await mkdir(join(fairway.dataDir, 'artifacts'), { recursive: true })
  await writeFile(file, randomBytes(100))
  return { file, content: await contents.digest(file) }
}

/** In the store, with nothing that refers to it, and free to go. */
async function aLeftover() {
  const upload = await anUploadedFile()
  const id = await keep(upload)
  await fairway.db.transaction().execute((tx) => removeArtifact(tx, releaseId, id))
  fairway.clock.advance(DAY_MS + 1000)
  return upload
}

const isReferred = async ({ content }: Upload) =>
  (await fairway.db.selectFrom('delivery.artifact').select('id').where('sha256', '=', content.sha256).execute()).length > 0

/** The same store, where one step waits until it may go on. */
function pausing(step: 'take' | 'remove', when: 'before' | 'after') {
  const [reached, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const pause = () => {
    reached.resolve()
    return go.promise
  }
  const slow = async (work: () => Promise<void>) => {
    if (when === 'before') await pause()
    await work()
    if (when === 'after') await pause()
  }
  const store: ContentStore = {
    ...contents,
    take: (file, content) => (step === 'take' ? slow(() => contents.take(file, content)) : contents.take(file, content)),
    remove: (sha256) => (step === 'remove' ? slow(() => contents.remove(sha256)) : contents.remove(sha256)),
  }
  return { store, reached: reached.promise, go: go.resolve }
}

test.each(['before', 'after'] as const)(
  'whoever comes while it is taken away (%s the bytes go) waits, and takes it in anew',
  async (when) => {
    const upload = await aLeftover()
    const { store, reached, go } = pausing('remove', when)
    const sweeping = sweep(store)
    await reached

    const kept = keep(upload)
    const first = await Promise.race([kept.then(() => 'kept'), new Promise((resolve) => setTimeout(resolve, 300, 'waits'))])
    go()
    await Promise.all([kept, sweeping])

    expect(first).toBe('waits')
    expect([await isReferred(upload), await contents.has(upload.content.sha256)]).toEqual([true, true])
    expect(await sweep()).toEqual({ contents: 0, bytes: 0 })
  },
)

test('what was found in the store is not taken away before its artifact is written down', async () => {
  const upload = await aLeftover()
  const { store, reached, go } = pausing('take', 'after')
  const kept = keep(upload, store)
  await reached

  const swept = await sweep()
  go()
  await kept

  expect(swept.contents).toBe(0)
  expect([await isReferred(upload), await contents.has(upload.content.sha256)]).toEqual([true, true])
})

test('whoever takes more than a day to come back finds it gone, and takes it in again', async () => {
  const upload = await aLeftover()
  const { store, reached, go } = pausing('take', 'after')
  const kept = keep(upload, store)
  await reached

  fairway.clock.advance(DAY_MS + 1000)
  const swept = await sweep()
  go()
  await kept

  expect(swept.contents).toBe(1)
  expect([await isReferred(upload), await contents.has(upload.content.sha256)]).toEqual([true, true])
})

test('what a killed sweep had begun is taken in again, or finished by the next one', async () => {
  const [wanted, unwanted] = [await aLeftover(), await aLeftover()]
  const dying: ContentStore = {
    ...contents,
    async remove(sha256) {
      await contents.remove(sha256)
      throw new Error('killed')
    },
  }
  for (const _ of [wanted, unwanted]) await expect(sweep(dying)).rejects.toThrow('killed')

  // Its minute goes by.
  await sql`update delivery.content set going_until = now() - interval '1 second' where going_until is not null`.execute(
    fairway.db,
  )
  await keep(wanted)
  const swept = await sweep()

  expect(swept.contents).toBe(1)
  expect([await contents.has(wanted.content.sha256), await contents.has(unwanted.content.sha256)]).toEqual([true, false])
})

test('two sweeps at once share the work, each content once', async () => {
  for (let made = 0; made < 6; made += 1) await aLeftover()

  const [one, other] = await Promise.all([sweep(), sweep()])

  expect(one.contents + other.contents).toBe(6)
})

test('in a crowd, nothing that is referred to is ever missing', async () => {
  for (let round = 0; round < 15; round += 1) {
    const upload = await aLeftover()

    await Promise.all([sweep(), keep(upload), sweep(), keep(upload), sweep()])

    expect([await isReferred(upload), await contents.has(upload.content.sha256)]).toEqual([true, true])
  }
})

/** Digests of what does not lie in the store under them. */
const NO_CONTENTS = ['delivery.artifact.plain_sha256', 'delivery.patch.dictionary_sha256', 'delivery.patch.target_sha256']

test('every column that names a content is asked', async () => {
  const { rows } = await sql<{ column: string }>`
    select concat_ws('.', table_schema, table_name, column_name) as column from information_schema.columns
    where table_schema = 'delivery' and column_name like '%sha256' and table_name <> 'content' order by 1`.execute(fairway.db)

  expect([...REFERRING, ...NO_CONTENTS].toSorted()).toEqual(rows.map(({ column }) => column))
})
