// Private keys of all roles, old and new, are looked for in everything that leaves a Fairway: log, database, backup, answers and errors.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { createSigningKey, tufKeyOf } from '@fairway/trust'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { at, boot, command } from '../server/src/platform/backup/a-backup.ts'
import { readMembers } from '../server/src/platform/backup/archive-reader.ts'
import type { Log } from '../server/src/platform/log.ts'
import { createSecrets } from '../server/src/platform/secrets.ts'
import { aSpokenAgent } from '../server/src/testing/agents.ts'
import { openFairway, TEST_SECRET, type TestFairway } from '../server/src/testing/open-fairway.ts'
import { anOrganisation, aStaff } from '../server/src/testing/people.ts'
import { aDraft, aProduct, aRelease, aRollout, send } from '../server/src/testing/releases.ts'

const ONLINE = ['snapshot', 'timestamp', 'director']
const ROLES = ['root', 'targets', ...ONLINE, 'channel-stable', 'channel-beta']

/** A wrapped key that nobody can open. */
const BROKEN = 'w1.AAAA.AAAA.AAAA'

let fairway: TestFairway
let headers: Record<string, string>
let folder: string
const secrets = createSecrets(TEST_SECRET)
/** By role and key: PKCS#8 DER, base64url. */
const privateKeys = new Map<string, string>()
let draftId: string
let logged = ''
let answered = ''

/** As much as any logger could write: the fields, the message, an error with all that caused it. */
const note = (...parts: unknown[]) => {
  logged += `${parts.map(textOf).join(' ')}\n`
}
const log: Log = { info: note, warn: note, error: note }

function textOf(part: unknown): string {
  if (part instanceof Error) return `${part.stack} ${JSON.stringify(part)} ${part.cause === undefined ? '' : textOf(part.cause)}`
  if (typeof part !== 'object' || part === null) return String(part)
  return Object.entries(part)
    .map(([name, value]) => `${name}=${textOf(value)}`)
    .join(' ')
}

async function ask(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) {
  const answer = await fairway.http.inject({ method, url, headers, ...(payload ? { payload } : {}) })
  answered += `${answer.body}\n${JSON.stringify(answer.headers)}\n`
  return answer
}

async function noteKeys() {
  const { rows } = await sql<{ product_id: string; keyid: string; private_key: string }>`
    select product_id, keyid, private_key from delivery.trust_key where private_key <> ${BROKEN}`.execute(fairway.db)
  for (const { product_id, keyid, private_key } of rows)
    privateKeys.set(keyid, secrets.unwrap(`trust-key:${product_id}:${keyid}`, private_key))
  const products = await sql<{ id: string; wrapped: string }>`
    select id, manifest_private_key as wrapped from delivery.product where manifest_private_key <> ${BROKEN}`.execute(fairway.db)
  for (const { id, wrapped } of products.rows) privateKeys.set(`manifest of ${id}`, secrets.unwrap(`manifest-key:${id}`, wrapped))
}

beforeAll(async () => {
  fairway = await openFairway({}, log)
  folder = await mkdtemp(join(tmpdir(), 'fairway-material-'))
  headers = (await aStaff(fairway, ['administrator'])).headers
  for (const id of ['till', 'kiosk']) await aProduct(fairway, headers, { id, isPublic: true })
  const organisation = await anOrganisation(fairway)
  await send(fairway, headers, { method: 'PUT', url: `/api/v1/organisations/${organisation.id}/entitlements/till/stable` })
  await noteKeys()
  await run(organisation.id)
  await goWrong()
  await noteKeys()
})
afterAll(async () => {
  await fairway?.close()
  await rm(folder, { recursive: true, force: true })
})

/** All that makes keys work: a rollout, an installation, rotations of every role, renewals. */
async function run(organisationId: string) {
  const release = await aRelease(fairway, headers, { productId: 'till', version: '1.0.0' })
  await aRollout(fairway, headers, { releaseId: release.id, steps: [{ percent: 100, bakeSeconds: 0 }] })
  const agent = await aSpokenAgent(fairway, { organisationId, productId: 'till', channel: 'stable' })
  await vi.waitFor(async () => expect((await agent.checkIn()).decision).toBe('update'), { timeout: 5000 })
  answered += JSON.stringify(await agent.checkIn())
  for (const role of ROLES) {
    await ask('POST', `/api/v1/products/till/keys/${role}`, { fresh: true })
    await noteKeys()
  }
  fairway.clock.advance(13 * 3_600_000)
  await fairway.settle()
  for (const path of ['till/keys', 'till/unsigned', 'till', 'kiosk/keys']) await ask('GET', `/api/v1/products/${path}`)
  for (const file of ['1.root.json', 'timestamp.json']) await ask('GET', `/updates/tuf/till/metadata/${file}`)
  await ask('GET', '/api/v1/events?limit=100')
  await ask('GET', '/metrics')
}

/** Refusals, and faults of ours: a wrapped key that cannot be opened, where its error passes the log. */
async function goWrong() {
  const { keyid } = tufKeyOf(createSigningKey().publicKey)
  await ask('POST', '/api/v1/products/till/keys/timestamp', { add: ['A'.repeat(43)], replace: true })
  await ask('POST', '/api/v1/products/till/keys/targets', { add: [createSigningKey().publicKey], replace: true })
  await ask('POST', '/api/v1/products/till/unsigned/targets/signatures', { version: 3, keyid, sig: 'a'.repeat(128) })
  await ask('POST', '/api/v1/products/till/unsigned/root/signatures', { version: 1, keyid, sig: 'a' })
  await ask('DELETE', '/api/v1/products/till/keys/targets/change')
  draftId = (await aDraft(fairway, headers, { productId: 'kiosk', version: '1.0.0' })).id
  await sql`update delivery.product set manifest_private_key = ${BROKEN} where id = 'kiosk'`.execute(fairway.db)
  await sql`update delivery.trust_key set private_key = ${BROKEN} where product_id = 'kiosk'`.execute(fairway.db)
  await ask('POST', `/api/v1/releases/${draftId}/publish`)
  fairway.clock.advance(13 * 3_600_000)
  await fairway.settle()
}

/** The same bytes in every form in which they could be written: DER and seed, as base64url (a JWK's `d`), base64 (PEM) and hex. */
function formsOf(privateKey: string) {
  const der = Buffer.from(privateKey, 'base64url')
  return [der, der.subarray(-32)].flatMap((bytes) => [
    bytes.toString('base64url'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('hex'),
    bytes.toString('latin1'),
  ])
}

/** Which keys can be read in a text. */
function readable(text: string) {
  return [...privateKeys].filter(([, key]) => formsOf(key).some((form) => text.includes(form))).map(([name]) => name)
}

test('keys of all roles are looked for, before and after their rotation', () => {
  // Seven roles of each product at first, whose roots are the manifest keys, and seven fresh ones.
  expect(privateKeys.size).toBe(7 + 7 + 2 + 7)
  for (const [name, key] of privateKeys) expect(Buffer.from(key, 'base64url').length, name).toBe(48)
  const [name = '', key = ''] = [...privateKeys][0] ?? []
  for (const form of formsOf(key)) expect(readable(`before ${form} after`)).toContain(name)
})

test('no answer and no error body shows one', () => {
  expect(answered).toContain('keys.needed_here')
  expect(answered).toContain('signature.')
  expect(answered).toContain('"status":500')
  expect(readable(answered)).toEqual([])
})

test('no line of the log shows one', () => {
  expect(logged).toContain('a signing key is lost')
  expect(readable(logged)).toEqual([])
})

test(
  'no line of a real process shows one, at the most talkative, where a key cannot be opened',
  { timeout: 120_000 },
  async () => {
    const env = { ...at(fairway.connectionString, join(folder, 'data')), FAIRWAY_LOG_LEVEL: 'trace' }
    const { origin, stop, said } = await boot(env)
    const post = (path: string, payload: object) =>
      fetch(`${origin}/api/v1/${path}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(payload),
      })

    const changed = await post('products/till/keys/snapshot', { fresh: true })
    const refused = await post('products/till/keys/snapshot', { add: [createSigningKey().publicKey], replace: true })
    const failed = await post(`releases/${draftId}/publish`, {})
    await noteKeys()
    await stop()

    expect([changed.status, refused.status, failed.status]).toEqual([200, 422, 500])
    expect(said()).toContain('cannot be opened')
    expect(readable(said() + (await changed.text()) + (await failed.text()))).toEqual([])
  },
)

test('no row of any table shows one', async () => {
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`.execute(
    fairway.db,
  )
  const tables = await Promise.all(
    rows.map(({ name }) => sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(fairway.db)),
  )
  const all = tables.flatMap((table) => table.rows.map(({ row }) => row)).join('\n')

  expect(all).toContain('delivery.keys_changed')
  expect(readable(all)).toEqual([])
})

test('no member of a backup shows one', { timeout: 120_000 }, async () => {
  const file = join(folder, 'backup')
  const { code, said } = await command(['backup', file], at(fairway.connectionString, fairway.dataDir))
  expect({ code, said }).toMatchObject({ code: 0 })

  const found: string[] = []
  let keyRows = 0
  for await (const { name, bytes } of readMembers(file, {})) {
    const text = (await buffer(bytes)).toString('latin1')
    if (name.startsWith('tables/delivery.trust_key')) keyRows += text.split('\n').length
    found.push(...readable(text).map((key) => `${name}: ${key}`))
  }
  expect(keyRows).toBeGreaterThan(7)
  expect(found).toEqual([])
  expect(readable(said)).toEqual([])
})
