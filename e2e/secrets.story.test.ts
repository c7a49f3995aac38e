// What must lie nowhere readable: keys, tokens and links, looked for in every row, log line and error of a Fairway that was really used.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSecrets } from '../server/src/platform/secrets.ts'
import { aSpokenAgent } from '../server/src/testing/agents.ts'
import { openFairway, TEST_SECRET, type TestFairway } from '../server/src/testing/open-fairway.ts'
import { anOrganisation, aStaff, signIn, TEST_PASSWORD } from '../server/src/testing/people.ts'
import { aProduct, aRelease, aRollout, send } from '../server/src/testing/releases.ts'

let fairway: TestFairway
const secrets = new Map<string, string>()
const answers: string[] = []

beforeAll(async () => {
  fairway = await openFairway()
  const { person, headers, token } = await aStaff(fairway, ['administrator'], TEST_PASSWORD)
  secrets.set('FAIRWAY_SECRET', TEST_SECRET).set('password', TEST_PASSWORD).set('API token', token.slice(-40))
  const browser = await signIn(fairway, person)
  secrets.set('session cookie', decodeURIComponent(browser.cookie).split('=')[1] ?? '')
  await aProduct(fairway, headers, { id: 'till' })
  const organisation = await anOrganisation(fairway)
  await send(fairway, headers, { method: 'PUT', url: `/api/v1/organisations/${organisation.id}/entitlements/till/stable` })
  await send(fairway, headers, {
    method: 'POST',
    url: `/api/v1/organisations/${organisation.id}/invitations`,
    payload: { email: 'ann@customer.example', role: 'member' },
  })
  const enrolment = await send<{ token: string }>(
    fairway,
    { ...headers, 'idempotency-key': 'enrol-once' },
    {
      method: 'POST',
      url: '/api/v1/enrolments',
      payload: { organisationId: organisation.id, productId: 'till', channel: 'stable', name: 'till-1' },
    },
  )
  secrets.set('enrolment token', enrolment.token.slice(-40))
  const release = await aRelease(fairway, headers, { productId: 'till', version: '1.0.0' })
  await aRollout(fairway, headers, { releaseId: release.id, steps: [{ percent: 100, bakeSeconds: 0 }] })
  const agent = await aSpokenAgent(fairway, { organisationId: organisation.id, productId: 'till' })
  await agent.update()
  secrets.set('token of an installation', agent.headers.authorization?.split(' ')[1] ?? '')
  const { items } = await send<{ items: { text: string | null }[] }>(fairway, headers, { method: 'GET', url: '/api/v1/mails' })
  secrets.set('invitation link', items[0]?.text?.match(/\/invite\/([\w-]+)/)?.[1] ?? '')
  const { rows } = await sql<{ wrapped: string }>`select manifest_private_key as wrapped from delivery.product`.execute(
    fairway.db,
  )
  secrets.set('manifest key', createSecrets(TEST_SECRET).unwrap('manifest-key:till', rows[0]?.wrapped ?? ''))
  await collectAnswers(headers)
})
afterAll(() => fairway.close())

/** Lists, details, errors: what people are told. */
async function collectAnswers(headers: Record<string, string>) {
  const urls = [
    '/api/v1/products',
    '/api/v1/tokens',
    '/api/v1/installations',
    '/api/v1/releases',
    '/api/v1/me',
    '/api/v1/sessions',
    '/api/v1/organisations',
    '/metrics',
    '/api/v1/nothing',
    '/api/v1/products/nothing',
  ]
  for (const url of urls) answers.push((await fairway.http.inject({ method: 'GET', url, headers })).body)
  answers.push(
    (await fairway.http.inject({ method: 'POST', url: '/api/v1/products', headers, payload: { id: 'till', name: 'x' } })).body,
  )
  answers.push(
    (await fairway.http.inject({ method: 'GET', url: '/api/v1/me', headers: { authorization: `${headers.authorization}x` } }))
      .body,
  )
}

/** Every row of every table, as text. */
async function dump() {
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`.execute(
    fairway.db,
  )
  const tables = await Promise.all(
    rows.map(({ name }) => sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(fairway.db)),
  )
  return tables.flatMap((table) => table.rows.map(({ row }) => row)).join('\n')
}

/** The same bytes in the forms in which they would be written by accident. */
function formsOf(secret: string) {
  const bytes = Buffer.from(secret, 'base64url')
  return [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('hex'),
    bytes.toString('hex'),
    bytes.toString('base64'),
  ].filter((form) => form.length >= 12)
}

test('the list of secrets is complete', () => {
  for (const [name, secret] of secrets) expect(secret.length, name).toBeGreaterThanOrEqual(16)
  expect(secrets.size).toBe(8)
})

test('no secret lies readable in the database', async () => {
  const all = await dump()

  // better-auth keeps the first part of the cookie, which is worth nothing without its signature; the whole is nowhere.
  for (const [name, secret] of secrets) for (const form of formsOf(secret)) expect(all.includes(form), name).toBe(false)
})

test('no answer shows a secret that is not meant to be shown there', () => {
  for (const [name, secret] of secrets)
    for (const form of formsOf(secret)) expect(answers.join('\n').includes(form), name).toBe(false)
})
