// The story of products and releases, told through HTTP.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyManifest } from '@fairway/trust'
import { openFairway, type TestFairway } from '#testing/open-fairway'
import { aMember, anOrganisation, aStaff } from '#testing/people'
import { aDraft, anUpload, aProduct, aRelease, aRollout, send } from '#testing/releases'

let fairway: TestFairway
let developer: Record<string, string>
beforeAll(async () => {
  fairway = await openFairway()
  developer = (await aStaff(fairway, ['developer'])).headers
})
afterAll(() => fairway.close())

const post = (url: string, payload?: object, headers = developer) =>
  fairway.http.inject({ method: 'POST', url, headers, ...(payload ? { payload } : {}) })

describe('a product', () => {
  test('is made once, with channels and a fingerprint', async () => {
    const made = await post('/api/v1/products', { id: 'kiosk', name: 'Kiosk' })
    const again = await post('/api/v1/products', { id: 'kiosk', name: 'Another' })

    expect(made.json()).toMatchObject({
      id: 'kiosk',
      isPublic: false,
      bakeSeconds: 60,
      channels: [{ name: 'stable' }, { name: 'beta' }],
    })
    expect(made.json().fingerprint).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect([again.statusCode, again.json().code]).toEqual([409, 'product.exists'])
  })

  test('is seen by customers only once they are entitled to it', async () => {
    const operator = (await aStaff(fairway, ['operator'])).headers
    const organisation = await anOrganisation(fairway)
    const { headers } = await aMember(fairway, organisation.id)
    await aProduct(fairway, developer, { id: 'door' })
    const list = () => send<{ items: { id: string }[] }>(fairway, headers, { method: 'GET', url: '/api/v1/products' })

    const before = await list()
    await send(fairway, operator, { method: 'PUT', url: `/api/v1/organisations/${organisation.id}/entitlements/door/stable` })

    expect(before.items).toEqual([])
    expect((await list()).items).toMatchObject([{ id: 'door' }])
    expect((await fairway.http.inject({ method: 'GET', url: '/api/v1/products/kiosk', headers })).statusCode).toBe(404)
  })
})

describe('a release', () => {
  test('is drafted, gets a file, is published with a signed manifest, and then cannot change', async () => {
    await aProduct(fairway, developer, { id: 'till' })
    const draft = await aDraft(fairway, developer, { productId: 'till', version: '1.0.0' })

    const published = (await post(`/api/v1/releases/${draft.id}/publish`)).json()
    const [release] = await fairway.delivery.listReleases('till')
    const product = await fairway.delivery.findProduct('till')
    const verdict = verifyManifest(release?.manifest, product?.manifestKey ?? '')

    expect(published).toMatchObject({ state: 'published', sequence: 1 })
    expect(verdict).toMatchObject({
      ok: true,
      manifest: {
        product: 'till',
        version: '1.0.0',
        releaseId: draft.id,
        sequence: 1,
        artifacts: [{ sha256: draft.artifacts[0]?.sha256 }],
      },
    })
    for (const attempt of [
      post(`/api/v1/releases/${draft.id}/publish`),
      post(`/api/v1/releases/${draft.id}/artifacts`, {
        uploadId: await anUpload(fairway, developer, Buffer.from('x')),
        platform: 'linux',
        arch: 'arm64',
        name: 'x',
      }),
      fairway.http.inject({ method: 'DELETE', url: `/api/v1/releases/${draft.id}`, headers: developer }),
      fairway.http.inject({
        method: 'DELETE',
        url: `/api/v1/releases/${draft.id}/artifacts/${draft.artifacts[0]?.id}`,
        headers: developer,
      }),
    ]) {
      expect([(await attempt).statusCode, (await attempt).json().code]).toEqual([409, 'release.not_a_draft'])
    }
  })

  test('keeps its version, and two publications get two sequences', async () => {
    await aProduct(fairway, developer, { id: 'race' })
    const drafts = await Promise.all(
      ['1.0.0', '1.0.1', '1.0.2'].map((version) => aDraft(fairway, developer, { productId: 'race', version })),
    )

    const published = await Promise.all(drafts.map((draft) => post(`/api/v1/releases/${draft.id}/publish`)))
    const twin = await post('/api/v1/releases', { productId: 'race', version: '1.0.0' })

    expect(published.map((answer) => answer.json().sequence).toSorted()).toEqual([1, 2, 3])
    expect([twin.statusCode, twin.json().code]).toEqual([409, 'release.exists'])
  })

  test('without a file is not published', async () => {
    const draft = await post('/api/v1/releases', { productId: 'till', version: '1.0.9' })

    const refused = await post(`/api/v1/releases/${draft.json().id}/publish`)

    expect(refused.json().code).toBe('release.has_no_artifact')
  })

  test('has notes and fixes that may be amended, each amendment an event with its author', async () => {
    const release = await aRelease(fairway, developer, { productId: 'till', version: '1.1.0' })

    const amended = await fairway.http.inject({
      method: 'PATCH',
      url: `/api/v1/releases/${release.id}`,
      headers: developer,
      payload: { fixes: ['KE-118', 'KE-118'] },
    })
    const event = await fairway.db
      .selectFrom('platform.event')
      .selectAll()
      .where('subject', '=', release.id)
      .where('name', '=', 'delivery.release_amended')
      .executeTakeFirstOrThrow()

    expect(amended.json()).toMatchObject({ fixes: ['KE-118'], notes: '' })
    expect(event).toMatchObject({ actor: expect.stringMatching(/^pe/), body: { fixes: ['KE-118'], changed: ['fixes'] } })
  })

  test('whose file is not what the sender computed is refused, and the upload stays', async () => {
    const draft = (await post('/api/v1/releases', { productId: 'till', version: '1.2.0' })).json()
    const uploadId = await anUpload(fairway, developer, Buffer.from('what arrived'))
    const wish = { uploadId, platform: 'linux', arch: 'x64', name: 'till.bin' }

    const refused = await post(`/api/v1/releases/${draft.id}/artifacts`, { ...wish, sha256: 'a'.repeat(64) })
    const taken = await post(`/api/v1/releases/${draft.id}/artifacts`, wish)

    expect(refused.json()).toMatchObject({ status: 422, code: 'artifact.digest_differs', errors: [{ pointer: '/sha256' }] })
    expect(taken.statusCode).toBe(201)
  })

  test('is a secret while it is a draft, and its file is fetched by people who may, in ranges too', async () => {
    const organisation = await anOrganisation(fairway)
    const { headers } = await aMember(fairway, organisation.id)
    const operator = (await aStaff(fairway, ['operator'])).headers
    await send(fairway, operator, { method: 'PUT', url: `/api/v1/organisations/${organisation.id}/entitlements/till/stable` })
    const draft = await aDraft(fairway, developer, { productId: 'till', version: '1.3.0', content: Buffer.from('0123456789') })
    const get = (url: string, more = {}) => fairway.http.inject({ method: 'GET', url, headers: { ...headers, ...more } })
    const file = `/api/v1/artifacts/${draft.artifacts[0]?.id}/file`

    expect((await get(`/api/v1/releases/${draft.id}`)).statusCode).toBe(404)
    expect((await get(file)).statusCode).toBe(404)
    await post(`/api/v1/releases/${draft.id}/publish`)
    const unrolled = await get(file)
    await aRollout(fairway, developer, { releaseId: draft.id })
    const whole = await get(file)
    const part = await get(file, { range: 'bytes=3-5', 'if-range': String(whole.headers.etag) })
    const changed = await get(file, { range: 'bytes=3-5', 'if-range': '"another"' })

    expect(unrolled.statusCode).toBe(404)
    expect(whole.body).toBe('0123456789')
    expect([part.statusCode, part.body, part.headers['content-range']]).toEqual([206, '345', 'bytes 3-5/10'])
    expect([changed.statusCode, changed.body]).toEqual([200, '0123456789'])
  })

  test('is withdrawn once, with its reason', async () => {
    const release = await aRelease(fairway, developer, { productId: 'till', version: '1.4.0' })

    const first = await post(`/api/v1/releases/${release.id}/withdraw`, { reason: 'It loses receipts.' })
    const second = await post(`/api/v1/releases/${release.id}/withdraw`, { reason: 'Again.' })

    expect(first.json()).toMatchObject({ state: 'withdrawn', withdrawnReason: 'It loses receipts.' })
    expect(second.json().code).toBe('release.withdrawn_already')
  })
})

describe('an upload', () => {
  const tus = { 'tus-resumable': '1.0.0' }
  const begin = async (headers = developer) => {
    const created = await fairway.http.inject({
      method: 'POST',
      url: '/api/v1/uploads',
      headers: { ...headers, ...tus, 'upload-length': '10' },
    })
    return String(created.headers.location)
  }
  const append = (url: string, offset: number, payload: string, headers = developer) =>
    fairway.http.inject({
      method: 'PATCH',
      url,
      headers: { ...headers, ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      payload,
    })

  test('goes on where it broke off', async () => {
    const url = await begin()

    await append(url, 0, '0123')
    const head = await fairway.http.inject({ method: 'HEAD', url, headers: { ...developer, ...tus } })
    const wrong = await append(url, 7, '789')
    const rest = await append(url, 4, '456789')

    expect(head.headers['upload-offset']).toBe('4')
    expect(wrong.statusCode).toBe(409)
    expect(rest.headers['upload-offset']).toBe('10')
  })

  test('belongs to who began it, and cannot be read back', async () => {
    const other = (await aStaff(fairway, ['developer'])).headers
    const url = await begin()

    const statuses = [
      await fairway.http.inject({ method: 'HEAD', url, headers: { ...other, ...tus } }),
      await append(url, 0, '0123456789', other),
      await fairway.http.inject({ method: 'DELETE', url, headers: { ...other, ...tus } }),
      await fairway.http.inject({ method: 'GET', url, headers: developer }),
    ].map((answer) => answer.statusCode)

    expect(statuses).toEqual([404, 404, 404, 404])
    expect((await append(url, 0, '0123456789')).statusCode).toBe(204)
  })

  test.each([
    ['nobody', {}, {}, 401],
    ['support', 'support', {}, 403],
    ['a member', 'member', {}, 403],
    ['a size beyond the limit', developer, { 'upload-length': '999999999999999' }, 413],
    ['no size', developer, { 'upload-length': undefined }, 400],
    ['a negative size', developer, { 'upload-length': '-1' }, 400],
    ['words as size', developer, { 'upload-length': 'much' }, 400],
    ['broken metadata', developer, { 'upload-metadata': '\u00ff,,==' }, 400],
  ])('with %s is refused', async (_title, who, change, status) => {
    const people = {
      support: () => aStaff(fairway, ['support']),
      member: async () => aMember(fairway, (await anOrganisation(fairway)).id),
    }
    const headers = typeof who === 'string' ? (await people[who as keyof typeof people]()).headers : (who ?? developer)
    const sent = Object.fromEntries(
      Object.entries({ ...(who === developer ? developer : headers), ...tus, 'upload-length': '10', ...change }).filter(
        ([, value]) => value !== undefined,
      ),
    )

    const answer = await fairway.http.inject({ method: 'POST', url: '/api/v1/uploads', headers: sent as Record<string, string> })

    expect(answer.statusCode).toBe(status)
  })

  test.each(['../../etc/passwd', '%2e%2e%2fsecret', 'up_0000000000000000', '__proto__', 'x'.repeat(250), '%00'])(
    '%s is no upload',
    async (id) => {
      const answers = await Promise.all(
        (['HEAD', 'DELETE', 'PATCH'] as const).map((method) =>
          fairway.http.inject({
            method,
            url: `/api/v1/uploads/${id}`,
            headers: {
              ...developer,
              ...tus,
              ...(method === 'PATCH' ? { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' } : {}),
            },
          }),
        ),
      )

      for (const answer of answers) expect([400, 404, 410]).toContain(answer.statusCode)
    },
  )
})

test('the property of the token decides before the role does', async () => {
  const { person } = await aStaff(fairway, ['developer'])
  const { token } = await fairway.identity.issueToken(person, { name: 'reads only', scopes: ['read'] })

  const answer = await post('/api/v1/products', { id: 'never', name: 'Never' }, { authorization: `Bearer ${token}` })

  expect(answer.statusCode).toBe(403)
})
