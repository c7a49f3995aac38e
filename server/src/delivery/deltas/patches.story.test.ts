// From a published release to bytes on an installation: patches are made from what runs, and lead exactly to what was signed.
import { execFileSync } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { newId } from '#platform/ids'
import { aSpokenAgent, type SpokenAgent } from '#testing/agents'
import { openFairway, type TestFairway } from '#testing/open-fairway'
import { anOrganisation, aStaff } from '#testing/people'
import { aProduct, aRelease, aRollout, type ReleaseWish, send } from '#testing/releases'

let fairway: TestFairway
let vendor: Record<string, string>
beforeAll(async () => {
  fairway = await openFairway()
  vendor = (await aStaff(fairway, ['administrator'])).headers
})
afterAll(() => fairway.close())

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const byteSequence = (hex: string) => `:${Buffer.from(hex, 'hex').toString('base64')}:`

/** Contents that share all but a few bytes, and that no compression makes small. */
const oldTar = randomBytes(300_000)
const newTar = Buffer.concat([oldTar.subarray(0, 100_000), randomBytes(500), oldTar.subarray(100_000)])

async function until<Answer>(ask: () => Promise<Answer>, isSo: (answer: Answer) => boolean): Promise<Answer> {
  for (let round = 0; round < 600; round++) {
    await fairway.settle()
    const answer = await ask()
    if (isSo(answer)) return answer
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('It did not come to be so.')
}

async function aFleet(first: Omit<ReleaseWish, 'productId' | 'version'>) {
  const productId = newId('p').replace('_', '-')
  const organisation = await anOrganisation(fairway)
  await aProduct(fairway, vendor, { id: productId })
  await send(fairway, vendor, { method: 'PUT', url: `/api/v1/organisations/${organisation.id}/entitlements/${productId}/stable` })
  const release = await aRelease(fairway, vendor, { productId, version: '1.0.0', ...first })
  await goOut(release.id)
  const agent = await aSpokenAgent(fairway, { organisationId: organisation.id, productId })
  await until(
    () => agent.update(),
    ({ decision }) => decision === 'current',
  )
  return { productId, organisation, agent, first: release }
}

async function goOut(releaseId: string) {
  const { id } = await aRollout(fairway, vendor, { releaseId, steps: [{ percent: 100, bakeSeconds: 0 }] })
  return id
}

const patchesOf = (artifactId: string | undefined) =>
  fairway.db
    .selectFrom('delivery.patch')
    .selectAll()
    .where('artifact_id', '=', artifactId ?? '')
    .execute()
const decided = (rows: { state: string }[]) => rows.length > 0 && rows.every(({ state }) => state !== 'wanted')

function ask(agent: SpokenAgent, artifactId: string | undefined, headers: Record<string, string>) {
  return fairway.http.inject({
    method: 'GET',
    url: `/updates/v1/artifacts/${artifactId}/plain`,
    headers: { ...agent.headers, ...headers },
  })
}

const dczOf = (hex: string) => ({ 'accept-encoding': 'dcz', 'available-dictionary': byteSequence(hex) })

describe('a release that is published', () => {
  test('can be fetched as a patch by who runs the version before, and the bytes are those that were signed', async () => {
    const { productId, agent, first } = await aFleet({ content: gzipSync(oldTar), name: 'till-1.0.0.tar.gz' })
    const next = await aRelease(fairway, vendor, {
      productId,
      version: '1.1.0',
      content: zstdCompressSync(newTar),
      name: 'till-1.1.0.tar.zst',
    })
    const artifactId = next.artifacts[0]?.id
    await until(() => patchesOf(artifactId), decided)
    await goOut(next.id)
    const offer = await until(
      () => agent.checkIn(),
      ({ decision }) => decision === 'update',
    )
    const answer = await until(
      () => ask(agent, artifactId, dczOf(sha256(oldTar))),
      ({ statusCode }) => statusCode === 200,
    )

    const manifest = JSON.parse(Buffer.from(offer.manifest?.payload ?? '', 'base64').toString())
    expect(manifest.artifacts[0]).toMatchObject({
      sha256: sha256(next.content),
      plain: { sha256: sha256(newTar), size: newTar.length },
    })
    expect(answer.headers).toMatchObject({
      'content-encoding': 'dcz',
      vary: 'Accept-Encoding, Available-Dictionary',
      etag: `"${sha256(answer.rawPayload)}"`,
      'content-length': String(answer.rawPayload.length),
    })
    expect(answer.rawPayload.length).toBeLessThan(2000)
    expect(answer.rawPayload.subarray(0, 40).toString('hex')).toBe(`5e2a4d1820000000${sha256(oldTar)}`)
    expect(zstdDecompressSync(answer.rawPayload.subarray(40), { dictionary: oldTar }).equals(newTar)).toBe(true)
    expect(first.sequence).toBe(1)
    await expectStockZstdReads(answer.rawPayload)
  })

  test('without the dictionary, or with another, is fetched whole', async () => {
    const { productId, agent } = await aFleet({ content: oldTar, name: 'till.bin' })
    const next = await aRelease(fairway, vendor, { productId, version: '1.1.0', content: newTar, name: 'till.bin' })
    const artifactId = next.artifacts[0]?.id
    await goOut(next.id)
    await until(
      () => ask(agent, artifactId, dczOf(sha256(oldTar))),
      ({ statusCode }) => statusCode === 200,
    )

    const wrong = [
      { ...dczOf(sha256(newTar)) },
      { 'accept-encoding': 'dcz' },
      { ...dczOf(sha256(oldTar)), 'accept-encoding': 'gzip, br' },
      { ...dczOf(sha256(oldTar)), 'accept-encoding': 'dcz;q=0' },
      { ...dczOf(sha256(oldTar)), 'available-dictionary': sha256(oldTar) },
    ]
    for (const headers of wrong) {
      const answer = await ask(agent, artifactId, headers)
      expect([answer.statusCode, answer.json().code, answer.headers.vary]).toEqual([
        404,
        'patch.none',
        'Accept-Encoding, Available-Dictionary',
      ])
    }
    const part = await ask(agent, artifactId, { ...dczOf(sha256(oldTar)), range: 'bytes=0-7' })
    expect([part.statusCode, part.rawPayload.toString('hex')]).toEqual([206, '5e2a4d1820000000'])
  })

  test('and is not for this installation has no patch for it either', async () => {
    const { productId, agent } = await aFleet({ content: oldTar })
    const stranger = await aSpokenAgent(fairway, { organisationId: (await anOrganisation(fairway)).id, productId })
    const next = await aRelease(fairway, vendor, { productId, version: '1.1.0', content: newTar })
    const artifactId = next.artifacts[0]?.id
    await until(() => patchesOf(artifactId), decided)

    const early = await ask(agent, artifactId, dczOf(sha256(oldTar)))
    await goOut(next.id)
    await until(
      () => ask(agent, artifactId, dczOf(sha256(oldTar))),
      ({ statusCode }) => statusCode === 200,
    )
    const foreign = await ask(stranger, artifactId, dczOf(sha256(oldTar)))
    const nobody = await fairway.http.inject({ method: 'GET', url: `/updates/v1/artifacts/${artifactId}/plain` })
    await send(fairway, vendor, {
      method: 'POST',
      url: `/api/v1/releases/${next.id}/withdraw`,
      payload: { reason: 'It loses receipts.' },
    })
    const late = await until(
      () => ask(agent, artifactId, dczOf(sha256(oldTar))),
      ({ statusCode }) => statusCode !== 200,
    )

    expect([early, foreign, late].map((answer) => answer.json().code)).toEqual(
      Array.from({ length: 3 }, () => 'artifact.unknown'),
    )
    expect(nobody.statusCode).toBe(401)
  })
})

test('a browser that kept the version before fetches the patch, too, where the file is its own content', async () => {
  const { productId } = await aFleet({ content: oldTar })
  const next = await aRelease(fairway, vendor, { productId, version: '1.1.0', content: newTar })
  const artifactId = next.artifacts[0]?.id
  await until(() => patchesOf(artifactId), decided)
  const download = (headers: Record<string, string>) =>
    fairway.http.inject({ method: 'GET', url: `/api/v1/artifacts/${artifactId}/file`, headers: { ...vendor, ...headers } })

  const whole = await download({ 'accept-encoding': 'gzip, dcz' })
  const patch = await download(dczOf(sha256(oldTar)))

  expect(whole.headers).toMatchObject({
    etag: `"${sha256(newTar)}"`,
    'use-as-dictionary': 'match="/api/v1/artifacts/*/file"',
    vary: 'Accept-Encoding, Available-Dictionary',
  })
  expect(whole.headers).not.toHaveProperty('content-encoding')
  expect(whole.rawPayload.equals(newTar)).toBe(true)
  expect(patch.headers).toMatchObject({ 'content-encoding': 'dcz', etag: `"${sha256(patch.rawPayload)}"` })
  expect(zstdDecompressSync(patch.rawPayload.subarray(40), { dictionary: oldTar }).equals(newTar)).toBe(true)
})

test('what installations fetched is added up for staff, and what whole files would have weighed', async () => {
  const { productId, organisation, agent } = await aFleet({ content: oldTar })
  const next = await aRelease(fairway, vendor, { productId, version: '1.1.0', content: newTar })
  const other = await aSpokenAgent(fairway, { organisationId: organisation.id, productId })
  const bytesOf = async () =>
    (await send<{ bytes: object }>(fairway, vendor, { method: 'GET', url: `/api/v1/releases/${next.id}` })).bytes
  const tell = ({ headers }: SpokenAgent, kind: string, fetched?: object) => {
    const reports = [{ reportId: randomUUID(), releaseId: next.id, kind, version: '1.0.0', ...(fetched && { fetched }) }]
    return fairway.http.inject({ method: 'POST', url: '/updates/v1/reports', headers, payload: { reports } })
  }
  const before = await bytesOf()

  await tell(agent, 'downloaded', { bytes: 700, how: 'patch' })
  await tell(agent, 'healthy')
  await tell(other, 'downloaded', { bytes: newTar.length, how: 'whole' })
  const wrong = await tell(other, 'downloaded', { bytes: -1, how: 'whole' })

  expect(before).toEqual({ fetched: 0, whole: 0, saved: 0, byPatch: 0 })
  expect(await bytesOf()).toEqual({
    fetched: 700 + newTar.length,
    whole: 2 * newTar.length,
    saved: newTar.length - 700,
    byPatch: 1,
  })
  expect(wrong.statusCode).toBe(422)
})

test('patches to a withdrawn release, and from what nobody runs any more, are forgotten after a while', async () => {
  const { productId, agent } = await aFleet({ content: oldTar })
  const next = await aRelease(fairway, vendor, { productId, version: '1.1.0', content: newTar })
  const [made] = await until(() => patchesOf(next.artifacts[0]?.id), decided)
  const sweep = () => fairway.delivery.workers.find(({ queue }) => queue === 'sweep-patches')?.handle({} as never, { id: 'x' })

  await sweep()
  const young = await patchesOf(next.artifacts[0]?.id)
  await goOut(next.id)
  await until(
    () => agent.update(),
    () => agent.runs.version === '1.1.0',
  )
  // What a check-in tells is written a moment after it was answered.
  await expect
    .poll(async () => (await fairway.fleet.countRunning({ productId })).map(({ releaseId }) => releaseId))
    .toEqual([next.id])
  fairway.clock.advance(8 * 24 * 3_600_000)
  await sweep()

  expect(made?.state).toBe('made')
  expect(young).toHaveLength(1)
  expect(await patchesOf(next.artifacts[0]?.id)).toEqual([])
})

describe('no patch is kept', () => {
  test('where it would save too little, and it is not tried again', async () => {
    const { productId } = await aFleet({ content: randomBytes(50_000) })
    const next = await aRelease(fairway, vendor, { productId, version: '1.1.0', content: randomBytes(50_000) })
    const artifactId = next.artifacts[0]?.id

    const [row] = await until(() => patchesOf(artifactId), decided)
    await fairway.delivery.wantPatches(next.id)

    expect(row).toMatchObject({ state: 'useless', attempts: 1, content_sha256: null })
    expect(await patchesOf(artifactId)).toMatchObject([{ state: 'useless', attempts: 1 }])
    expect(await readdir(join(fairway.dataDir, 'artifacts/patches'))).toEqual([])
  })

  test('of an archive that cannot be read; it is stored all the same', async () => {
    const { productId, agent } = await aFleet({ content: gzipSync(oldTar), name: 'till-1.0.0.tar.gz' })
    const broken = gzipSync(newTar).subarray(0, 200_000)
    const next = await aRelease(fairway, vendor, { productId, version: '1.1.0', content: broken, name: 'till-1.1.0.tar.gz' })
    await goOut(next.id)

    const offer = await until(
      () => agent.checkIn(),
      ({ decision }) => decision === 'update',
    )

    expect(JSON.parse(Buffer.from(offer.manifest?.payload ?? '', 'base64').toString()).artifacts[0]).not.toHaveProperty('plain')
    expect(await patchesOf(next.artifacts[0]?.id)).toEqual([])
  })

  test('where whoever made it was ended three times; the release goes on without', async () => {
    const { productId } = await aFleet({ content: oldTar })
    const next = await aRelease(fairway, vendor, { productId, version: '1.1.0', content: newTar })
    const artifactId = next.artifacts[0]?.id
    await until(() => patchesOf(artifactId), decided)
    // As a server leaves it that was killed in the middle of its third try.
    await fairway.db
      .updateTable('delivery.patch')
      .set({ state: 'wanted', attempts: 3, content_sha256: null, size: null, made_at: null } as never)
      .where('artifact_id', '=', artifactId ?? '')
      .execute()

    await fairway.delivery.workers
      .find(({ queue }) => queue === 'make-patches')
      ?.handle({ releaseId: next.id } as never, { id: 'x' })

    expect(await patchesOf(artifactId)).toMatchObject([{ state: 'failed', because: 'Whoever made it was ended each time.' }])
  })

  test('of a file in the store that is damaged: it is tried three times, and never stops a release', async () => {
    // Of its own: any file with the same inside would do instead.
    const before = randomBytes(100_000)
    const { productId, first } = await aFleet({ content: before })
    const stored = sha256(first.content)
    await writeFile(join(fairway.dataDir, 'artifacts/sha256', stored.slice(0, 2), stored), randomBytes(before.length))
    const next = await aRelease(fairway, vendor, {
      productId,
      version: '1.1.0',
      content: Buffer.concat([before, randomBytes(10)]),
    })

    const [row] = await until(() => patchesOf(next.artifacts[0]?.id), decided)

    expect(row).toMatchObject({ state: 'failed', attempts: 3, because: expect.stringContaining('not what it was') })
  })
})

/** Debian's zstd knows nothing of RFC 9842: the header is a frame that it passes over. */
async function expectStockZstdReads(patch: Buffer) {
  const folder = await mkdtemp(join(tmpdir(), 'fairway-dcz-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'old'), oldTar)
  await writeFile(join(folder, 'patch.zst'), patch)
  try {
    execFileSync('zstd', ['--version'], { stdio: 'ignore' })
  } catch {
    console.warn('Not shown: the program zstd is not installed here, so its --patch-from was not tried.')
    return
  }
  execFileSync('zstd', ['-q', '-d', '--long=31', '--patch-from=old', 'patch.zst', '-o', 'new'], { cwd: folder })
  expect((await readFile(join(folder, 'new'))).equals(newTar)).toBe(true)
}
