// The story of attachments: what comes in, how it goes out, and that what broke off leaves nothing.
import { createHash } from 'node:crypto'
import { readdir, utimes, writeFile } from 'node:fs/promises'
import { type ClientRequest, request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFileStore } from '#platform/file-store'
import { openFairway, type TestFairway } from '#testing/open-fairway'
import { aMember, anOrganisation, aStaff } from '#testing/people'
import { must, type Somebody } from '../testing/calls.ts'
import { sweepAttachments } from './sweep-attachments.ts'

const LIMIT = 25 * 1_048_576

let fairway: TestFairway
let customer: Awaited<ReturnType<typeof aMember>>
let id: string
let folder: string

beforeAll(async () => {
  fairway = await openFairway()
  folder = join(fairway.dataDir, 'attachments')
  customer = await aMember(fairway, (await anOrganisation(fairway)).id)
  id = await anInquiry()
})
afterAll(() => fairway.close())

async function anInquiry(): Promise<string> {
  const inquiry = await must(fairway, customer, ['POST', '/api/v1/inquiries', { kind: 'question', title: 'a', text: 'b' }])
  return inquiry.id
}

function upload(name: string, bytes: Buffer | Readable | string, who: Somebody = customer) {
  return fairway.http.inject({
    method: 'POST',
    url: `/api/v1/inquiries/${id}/attachments?name=${encodeURIComponent(name)}`,
    headers: { ...who.headers, 'content-type': 'application/octet-stream' },
    payload: bytes,
  })
}

function download(attachmentId: string, who: Somebody = customer) {
  return fairway.http.inject({ method: 'GET', url: `/api/v1/inquiries/${id}/attachments/${attachmentId}`, headers: who.headers })
}

async function filesIn(name: string) {
  return readdir(join(folder, name)).catch(() => [])
}

test('what was attached is listed, and comes back byte for byte as a download', async () => {
  const bytes = Buffer.from('2026-11-23 Kasse läuft nicht an\n')

  const added = await upload('Käse log.txt', bytes)
  const answer = await download(added.json().id)

  expect(added.statusCode).toBe(201)
  expect(added.json()).toMatchObject({
    name: 'Käse log.txt',
    mediaType: 'text/plain; charset=utf-8',
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    addedBy: { name: customer.person.name },
  })
  expect(answer.rawPayload.equals(bytes)).toBe(true)
  expect(answer.headers).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(bytes.length),
    'content-disposition': `attachment; filename="K_se log.txt"; filename*=UTF-8''K%C3%A4se%20log.txt`,
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
  })
  const { attachments } = await must(fairway, customer, ['GET', `/api/v1/inquiries/${id}`])
  expect(attachments.map((one: { id: string }) => one.id)).toContain(added.json().id)
})

test.each([
  ['evil.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ['evil.png', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ['evil.html', '<!doctype html><script>alert(1)</script>'],
  ['evil.exe', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
])('%s is never shown by a browser', async (name, bytes) => {
  const answer = await download((await upload(name, bytes)).json().id)

  expect(answer.headers['content-type']).toMatch(/^application\/(octet-stream|x-msdownload|vnd\.microsoft\.portable-executable)$/)
  expect(answer.headers['content-disposition']).toMatch(/^attachment;/)
  expect(answer.headers['content-security-policy']).toBe("sandbox; default-src 'none'")
  expect(answer.headers['x-content-type-options']).toBe('nosniff')
})

test('25 MiB are taken; one byte more is refused, announced or not, and leaves nothing', async () => {
  const before = await filesIn('kept')
  const most = Buffer.alloc(LIMIT, 'a')

  const tooMuch = await upload('a.bin', Buffer.concat([most, Buffer.from('b')]))
  const unannounced = await upload('a.bin', Readable.from([most, Buffer.from('b')]))

  expect([tooMuch.statusCode, tooMuch.json().code]).toEqual([413, 'file.too_large'])
  expect([unannounced.statusCode, unannounced.json().code]).toEqual([413, 'file.too_large'])
  expect([await filesIn('kept'), await filesIn('incoming')]).toEqual([before, []])
  expect((await upload('a.bin', most)).json()).toMatchObject({ size: LIMIT })
})

test('nothing, and what is no plain bytes, is refused', async () => {
  const json = await fairway.http.inject({
    method: 'POST',
    url: `/api/v1/inquiries/${id}/attachments?name=a.json`,
    headers: customer.headers,
    payload: { a: 1 },
  })
  const unnamed = await fairway.http.inject({
    method: 'POST',
    url: `/api/v1/inquiries/${id}/attachments`,
    headers: { ...customer.headers, 'content-type': 'application/octet-stream' },
    payload: 'a',
  })

  expect([json.statusCode, unnamed.statusCode]).toEqual([415, 422])
  expect((await upload('a.txt', '')).json().code).toBe('attachment.empty')
  expect(await filesIn('incoming')).toEqual([])
})

test('an upload that breaks off leaves nothing', async () => {
  const address = await fairway.http.listen({ host: '127.0.0.1', port: 0 })
  const before = await filesIn('kept')
  const url = `${address}/api/v1/inquiries/${id}/attachments?name=a.bin`
  const headers = { ...customer.headers, 'content-type': 'application/octet-stream', 'content-length': '5000000' }
  const sending: ClientRequest = httpRequest(url, { method: 'POST', headers })
  sending.on('error', () => undefined)
  sending.write(Buffer.alloc(1_000_000))
  await expect.poll(() => filesIn('incoming')).toHaveLength(1)

  sending.destroy()

  await expect.poll(() => filesIn('incoming')).toEqual([])
  expect(await filesIn('kept')).toEqual(before)
})

test('nothing is attached to what is closed', async () => {
  const open = id
  id = await anInquiry()
  await must(fairway, customer, ['POST', `/api/v1/inquiries/${id}/solved`])

  const refused = await upload('a.txt', 'a')
  id = open

  expect([refused.statusCode, refused.json().code]).toEqual([409, 'inquiry.closed'])
})

test('an attachment is found only at its own inquiry, and by staff too', async () => {
  const added = (await upload('a.txt', 'hello')).json()
  const staff = await aStaff(fairway, ['viewer'])
  const other = await anInquiry()

  expect((await download(added.id, staff)).body).toBe('hello')
  const elsewhere = await fairway.http.inject({
    method: 'GET',
    url: `/api/v1/inquiries/${other}/attachments/${added.id}`,
    headers: customer.headers,
  })
  expect([elsewhere.statusCode, elsewhere.json().code]).toEqual([404, 'attachment.unknown'])
  expect((await download('at_0000000000000000')).statusCode).toBe(404)
})

test('what a killed process left is swept after a day; what is kept and what is young stays', async () => {
  const added = (await upload('a.txt', 'kept')).json()
  const files = createFileStore(folder)
  await files.save('at_00000000000orphn', Readable.from([Buffer.from('a')]), 10)
  await files.save('at_00000000000young', Readable.from([Buffer.from('a')]), 10)
  await writeFile(join(folder, 'incoming', 'part_left'), 'half')
  const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000)
  for (const path of ['kept/at_00000000000orphn', `kept/${added.id}`, 'incoming/part_left'])
    await utimes(join(folder, path), twoDaysAgo, twoDaysAgo)

  await sweepAttachments({ db: fairway.db, files })

  const kept = await filesIn('kept')
  expect(kept).toContain(added.id)
  expect(kept).toContain('at_00000000000young')
  expect(kept).not.toContain('at_00000000000orphn')
  expect(await filesIn('incoming')).toEqual([])
})
