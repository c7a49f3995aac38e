// The story of the bytes of artifacts, on a disk and in a bucket alike: from the upload to the day when nothing refers to them.
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aSpokenAgent } from '#testing/agents'
import { aBucket } from '#testing/bucket'
import { openFairway, type TestFairway } from '#testing/open-fairway'
import { aStaff } from '#testing/people'
import { aDraft, anUpload, aProduct, aRelease, aRollout, send } from '#testing/releases'

const DAY_MS = 24 * 3_600_000

describe.each(['a disk', 'a bucket'])('artifacts on %s', (kind) => {
  let bucket: Awaited<ReturnType<typeof aBucket>> | undefined
  let fairway: TestFairway
  let developer: Record<string, string>
  beforeAll(async () => {
    bucket = kind === 'a bucket' ? await aBucket() : undefined
    fairway = await openFairway(bucket ? { storage: bucket.place } : {})
    developer = (await aStaff(fairway, ['developer'])).headers
    await aProduct(fairway, developer, { id: 'till', isPublic: true })
  })
  afterAll(async () => {
    await fairway.close()
    await bucket?.close()
  })

  const onDisk = (sha256: string) => existsSync(join(fairway.dataDir, 'artifacts/sha256', sha256.slice(0, 2), sha256))
  const holds = (sha256: string) => bucket?.holds(sha256) ?? onDisk(sha256)
  const sweep = () => fairway.delivery.workers.find(({ queue }) => queue === 'sweep-contents')?.handle({}, { id: 'by hand' })
  const get = (url: string, headers = developer, method: 'GET' | 'HEAD' = 'GET') => fairway.http.inject({ method, url, headers })
  const removed = async () => Number(/^fairway_contents_removed_bytes_total (\d+)$/m.exec((await get('/metrics', {})).body)?.[1])
  const remove = (draft: { id: string; artifacts: { id: string }[] }) =>
    send(fairway, developer, { method: 'DELETE', url: `/api/v1/releases/${draft.id}/artifacts/${draft.artifacts[0]?.id}` })

  test('are fetched by people whole, in ranges, and only where they have changed', async () => {
    const draft = await aDraft(fairway, developer, { productId: 'till', version: '0.1.0', content: Buffer.from('0123456789') })
    const [{ id, sha256 } = { id: '', sha256: '' }] = draft.artifacts
    const ask = (more: Record<string, string> = {}) => get(`/api/v1/artifacts/${id}/file`, { ...developer, ...more })

    const whole = await ask()
    const etag = String(whole.headers.etag)
    const part = await ask({ range: 'bytes=3-5', 'if-range': etag })
    const end = await ask({ range: 'bytes=-2' })
    const changed = await ask({ range: 'bytes=3-5', 'if-range': '"another"' })
    const beyond = await ask({ range: 'bytes=10-' })
    const known = await ask({ 'if-none-match': etag })
    const head = await get(`/api/v1/artifacts/${id}/file`, developer, 'HEAD')

    expect([holds(sha256), onDisk(sha256)]).toEqual([true, kind === 'a disk'])
    expect([whole.statusCode, whole.body, whole.headers['content-length']]).toEqual([200, '0123456789', '10'])
    expect([part.statusCode, part.body, part.headers['content-range']]).toEqual([206, '345', 'bytes 3-5/10'])
    expect([end.statusCode, end.body]).toEqual([206, '89'])
    expect([changed.statusCode, changed.body]).toEqual([200, '0123456789'])
    expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, 'bytes */10'])
    expect([known.statusCode, known.body]).toEqual([304, ''])
    expect([head.statusCode, head.body, head.headers['content-length'], head.headers.etag]).toEqual([200, '', '10', etag])
  })

  test('are fetched by agents and by other updaters', async () => {
    const content = randomBytes(200_000)
    const release = await aRelease(fairway, developer, {
      productId: 'till',
      version: '1.0.0',
      content,
      name: 'till_1.0.0.AppImage',
    })
    await aRollout(fairway, developer, { releaseId: release.id, steps: [{ percent: 100, bakeSeconds: 0 }] })
    const agent = await aSpokenAgent(fairway)
    await expect.poll(async () => (await agent.checkIn()).decision, { timeout: 20_000 }).toBe('update')

    const { artifact } = await agent.checkIn()
    const fetched = await get(new URL(artifact?.url ?? '', 'http://localhost').pathname, agent.headers)
    const electron = await get(`/updates/electron/till/stable/${release.artifacts[0]?.id}/till_1.0.0.AppImage`, {})

    expect(fetched.rawPayload.equals(content)).toBe(true)
    expect(electron.rawPayload.equals(content)).toBe(true)
  })

  test('that were taken out of a draft stay for a day, then go and are counted', async () => {
    const draft = await aDraft(fairway, developer, { productId: 'till', version: '2.0.0' })
    const sha256 = draft.artifacts[0]?.sha256 ?? ''
    fairway.clock.advance(2 * DAY_MS)
    await sweep()
    const whileReferred = holds(sha256)
    const before = await removed()

    await remove(draft)
    await sweep()
    const atOnce = holds(sha256)
    fairway.clock.advance(DAY_MS + 1000)
    await sweep()
    await sweep()

    expect([whileReferred, atOnce, holds(sha256)]).toEqual([true, true, false])
    expect((await removed()) - before).toBe(2000)
  })

  test('stay for as long as another release has the same bytes, and may come back afterwards', async () => {
    const content = randomBytes(2000)
    const first = await aDraft(fairway, developer, { productId: 'till', version: '3.0.0', content })
    const second = await aDraft(fairway, developer, { productId: 'till', version: '3.0.1', content })
    const sha256 = first.artifacts[0]?.sha256 ?? ''

    await remove(first)
    fairway.clock.advance(2 * DAY_MS)
    await sweep()
    const whileShared = holds(sha256)
    await remove(second)
    fairway.clock.advance(2 * DAY_MS)
    await sweep()
    const whenAlone = holds(sha256)
    const again = await aDraft(fairway, developer, { productId: 'till', version: '3.0.2', content })

    expect([whileShared, whenAlone, holds(sha256)]).toEqual([true, false, true])
    expect((await get(`/api/v1/artifacts/${again.artifacts[0]?.id}/file`)).rawPayload.equals(content)).toBe(true)
  })

  test('that a release refused leave nothing behind after a day', async () => {
    const draft = await aDraft(fairway, developer, { productId: 'till', version: '4.0.0' })
    const content = randomBytes(2000)
    const sha256 = createHash('sha256').update(content).digest('hex')
    const uploadId = await anUpload(fairway, developer, content)
    const payload = { uploadId, platform: 'linux', arch: 'x64', name: 'second.bin' }

    const refused = await fairway.http.inject({
      method: 'POST',
      url: `/api/v1/releases/${draft.id}/artifacts`,
      headers: developer,
      payload,
    })
    const before = holds(sha256)
    fairway.clock.advance(DAY_MS + 1000)
    await sweep()

    expect([refused.json().code, before, holds(sha256)]).toEqual(['artifact.exists', true, false])
  })
})

describe('a bucket that is away', () => {
  test('is said with 503 and when to come again; afterwards all is as before', async () => {
    const bucket = await aBucket()
    const fairway = await openFairway({ storage: bucket.place })
    const { headers } = await aStaff(fairway, ['developer'])
    await aProduct(fairway, headers, { id: 'till' })
    const content = randomBytes(4 * 2 ** 20)
    const draft = await aDraft(fairway, headers, { productId: 'till', version: '1.0.0', content })
    const uploadId = await anUpload(fairway, headers, Buffer.from('while it is away'))
    const payload = { uploadId, platform: 'linux', arch: 'arm64', name: 'late.bin' }
    const add = () => fairway.http.inject({ method: 'POST', url: `/api/v1/releases/${draft.id}/artifacts`, headers, payload })
    const origin = await fairway.http.listen({ host: '127.0.0.1', port: 0 })
    const fetchFile = () => fetch(`${origin}/api/v1/artifacts/${draft.artifacts[0]?.id}/file`, { headers })

    // In the middle of a body.
    bucket.set({ bytes: 2 ** 20 })
    const broken = await fetchFile()
    const reader = broken.body!.getReader() // every answer of 200 has one
    const begun = await reader.read()
    bucket.set('cut')
    const brokenBody = (async () => {
      while (!(await reader.read()).done);
    })()
    await expect(brokenBody).rejects.toThrow('terminated')
    const away = await fetchFile()
    const added = await add()
    bucket.set('open')
    const back = await fetchFile()
    const addedLater = await add()

    expect([broken.status, begun.done]).toEqual([200, false])
    expect([away.status, away.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await away.json()).toMatchObject({ code: 'storage.away' })
    expect([added.statusCode, added.json().code]).toEqual([503, 'storage.away'])
    expect(Buffer.from(await back.arrayBuffer()).equals(content)).toBe(true)
    expect(addedLater.statusCode).toBe(201)
    await fairway.close()
    await bucket.close()
  })
})
