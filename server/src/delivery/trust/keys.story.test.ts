// Keys through the API: what people see, what they may change, and the signatures that they bring.
import { bytesToSign, createSigningKey, signatureOf, type TufDocument, tufKeyOf } from '@fairway/trust'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { StaffRole } from '#identity'
import { newId } from '#platform/ids'
import { openFairway, type TestFairway } from '#testing/open-fairway'
import { aMember, anOrganisation, aStaff, signIn, TEST_PASSWORD } from '#testing/people'
import { aProduct, aRelease, aRollout, send } from '#testing/releases'

let fairway: TestFairway
let administrator: Record<string, string>
let developer: Record<string, string>
beforeAll(async () => {
  fairway = await openFairway()
  administrator = (await aStaff(fairway, ['administrator'])).headers
  developer = (await aStaff(fairway, ['developer'])).headers
})
afterAll(() => fairway.close())

let productId: string
beforeEach(async () => {
  productId = newId('p').replace('_', '-')
  await aProduct(fairway, developer, { id: productId })
})

interface Keys {
  roles: {
    role: string
    threshold: number
    keys: { keyid: string; publicKey: string; fingerprint: string; kept: string; state: string; since: string | null }[]
    next: { threshold: number; keyids: string[] } | null
    document: { version: number; expiresAt: string } | null
    waiting: { version: number; changes: string[]; signed: string[]; needed: string[]; missing: number } | null
  }[]
}
interface Unsigned {
  role: string
  version: number
  document: TufDocument
  before: TufDocument | null
  bytes: string
  needed: string[]
  signed: string[]
  missing: number
}

const url = (path: string) => `/api/v1/products/${productId}/${path}`
const keysOf = () => send<Keys>(fairway, developer, { method: 'GET', url: url('keys') })
const roleOf = async (role: string) => {
  const found = (await keysOf()).roles.find((one) => one.role === role)
  if (!found) throw new Error(`no ${role}`)
  return found
}
const unsigned = async () =>
  (await send<{ items: Unsigned[] }>(fairway, developer, { method: 'GET', url: url('unsigned') })).items
const ask = async (method: 'POST' | 'DELETE', path: string, payload?: object, headers = administrator) => {
  const answer = await fairway.http.inject({ method, url: url(path), headers, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, ...answer.json<{ code: string; errors?: { pointer: string }[] } & Keys>() }
}
const change = (role: string, payload: object, headers = administrator) => ask('POST', `keys/${role}`, payload, headers)

function aKey() {
  const key = createSigningKey()
  return { ...key, keyid: tufKeyOf(key.publicKey).keyid }
}

async function aSession(role: StaffRole) {
  const { person } = await aStaff(fairway, [role], TEST_PASSWORD)
  return signIn(fairway, person)
}

async function sign(role: string, key: ReturnType<typeof aKey>, headers = developer) {
  const document = (await unsigned()).find((one) => one.role === role)
  if (!document) throw new Error(`nothing of ${role} waits`)
  const signature = { version: document.version, ...signatureOf(document.document, key) }
  return ask('POST', `unsigned/${role}/signatures`, signature, headers)
}

describe('what people see', () => {
  test('each role with its keys, its document and until when that is valid', async () => {
    const { roles } = await keysOf()

    expect(roles.map(({ role }) => role)).toEqual([
      'root',
      'targets',
      'snapshot',
      'timestamp',
      'director',
      'channel-beta',
      'channel-stable',
    ])
    const [root] = roles
    expect(root).toMatchObject({ threshold: 1, next: null, waiting: null, document: { version: 1 } })
    expect(root?.keys).toEqual([
      {
        keyid: tufKeyOf(root?.keys[0]?.publicKey ?? '').keyid,
        publicKey: (await fairway.delivery.findProduct(productId))?.manifestKey,
        fingerprint: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        kept: 'here',
        state: 'in_force',
        since: expect.any(String),
      },
    ])
    expect(await unsigned()).toEqual([])
  })

  test('customers see nothing of it', async () => {
    const { headers } = await aMember(fairway, (await anOrganisation(fairway)).id, 'manager')

    for (const path of ['keys', 'unsigned'])
      expect((await fairway.http.inject({ url: url(path), headers })).json()).toMatchObject({ code: 'keys.not_yours' })
  })
})

describe('a change', () => {
  test('waits with its words, who has signed and how many are missing, until it is signed', async () => {
    const [one, two, three] = [aKey(), aKey(), aKey()]
    const [old] = (await roleOf('root')).keys

    const changed = await change('root', {
      add: [one, two, three].map(({ publicKey }) => publicKey),
      replace: true,
      threshold: 2,
    })

    expect(changed.status).toBe(200)
    const root = await roleOf('root')
    expect(root).toMatchObject({
      threshold: 1,
      next: { threshold: 2 },
      document: { version: 1 },
      waiting: { version: 2, missing: 2 },
    })
    expect(root.keys.map(({ kept, state }) => `${kept} ${state}`)).toEqual([
      'here leaving',
      ...Array<string>(3).fill('elsewhere coming'),
    ])
    expect(root.waiting?.signed).toEqual([old?.keyid])
    expect(root.waiting?.changes).toContain('root: 2 of 3 must sign (before: 1 of 1 must sign).')
    expect(root.waiting?.changes).toContain(`root: key ${old?.keyid} is removed.`)
    const [waiting] = await unsigned()
    expect(waiting).toMatchObject({ role: 'root', version: 2, missing: 2, needed: [one.keyid, two.keyid, three.keyid] })
    // What the holder of a key checks before signing.
    expect(waiting?.bytes).toBe(bytesToSign(waiting?.document as TufDocument).toString('base64'))

    await sign('root', one)
    expect((await roleOf('root')).waiting).toMatchObject({ missing: 1, needed: [two.keyid, three.keyid] })
    await sign('root', three)

    expect(await roleOf('root')).toMatchObject({ threshold: 2, next: null, waiting: null, document: { version: 2 } })
    expect((await roleOf('root')).keys).toHaveLength(3)
  })

  test('can be taken back while it waits', async () => {
    const before = await roleOf('targets')
    await change('targets', { add: [aKey().publicKey], replace: true })
    expect((await roleOf('targets')).next).not.toBeNull()

    const undone = await ask('DELETE', 'keys/targets/change')

    expect(undone.status).toBe(200)
    expect(await roleOf('targets')).toEqual(before)
    expect(await unsigned()).toEqual([])
    expect((await ask('DELETE', 'keys/targets/change')).status).toBe(200)
  })

  test('is for administrators, with a session or a token of every scope', async () => {
    const { person } = await aStaff(fairway, ['administrator'])
    const { token } = await fairway.identity.issueToken(person, { name: 'ci', scopes: ['read', 'releases:write'] })

    expect(await change('root', { fresh: true }, await aSession('developer'))).toMatchObject({
      status: 403,
      code: 'keys.not_yours',
    })
    expect((await change('timestamp', { fresh: true }, await aSession('administrator'))).status).toBe(200)
    expect(await change('root', { fresh: true }, { authorization: `Bearer ${token}` })).toMatchObject({
      status: 403,
      code: 'token.scope_missing',
    })
  })

  test('is in the log, for staff', async () => {
    const key = aKey()
    await change('channel-stable', { add: [key.publicKey], replace: true })

    const { items } = await send<{ items: { type: string; data: unknown }[] }>(fairway, administrator, {
      method: 'GET',
      url: `/api/v1/events?subject=${productId}`,
    })
    expect(JSON.stringify(items)).toContain(key.keyid)
  })

  test('of an online key puts a fresh one in its place, and forgets the old one', async () => {
    const [old] = (await roleOf('timestamp')).keys

    const changed = await change('timestamp', { fresh: true })

    expect(changed.status).toBe(200)
    const timestamp = await roleOf('timestamp')
    expect(timestamp.keys).toMatchObject([{ kept: 'here', state: 'in_force' }])
    expect(timestamp.keys[0]?.keyid).not.toBe(old?.keyid)
    const rows = await fairway.db.selectFrom('delivery.trust_key').select('keyid').where('product_id', '=', productId).execute()
    expect(rows.map(({ keyid }) => keyid)).not.toContain(old?.keyid)
  })
})

describe('what is refused', () => {
  const aPublicKey = createSigningKey().publicKey
  test.each<[string, string, (keys: { timestamp: string; root: string; other: string }) => object, string]>([
    ['an online role without keys here', 'timestamp', () => ({ add: [aPublicKey], replace: true }), 'keys.needed_here'],
    ['an online role with too few keys here', 'snapshot', () => ({ add: [aPublicKey], threshold: 2 }), 'keys.needed_here'],
    ['two directors at once', 'director', () => ({ add: [aPublicKey], threshold: 2 }), 'keys.director_alone'],
    ['a threshold that nobody can reach', 'root', () => ({ threshold: 2 }), 'keys.threshold_wrong'],
    ['a role without keys', 'targets', ({ other }) => ({ remove: [other] }), 'keys.unknown'],
    ['no keys at all', 'root', ({ root }) => ({ remove: [root] }), 'keys.count_wrong'],
    ['a key of another role', 'targets', ({ timestamp }) => ({ add: [timestamp] }), 'keys.used_elsewhere'],
    ['fresh together with others', 'root', () => ({ fresh: true, add: [aPublicKey] }), 'keys.fresh_alone'],
    ['a key that is none', 'root', () => ({ add: ['A'.repeat(42) + 'B'] }), 'keys.malformed'],
  ])('%s', async (_title, role, payloadOf, code) => {
    const [timestamp] = (await roleOf('timestamp')).keys
    const [root] = (await roleOf('root')).keys
    const before = await keysOf()

    const payload = payloadOf({ timestamp: timestamp?.publicKey ?? '', root: root?.keyid ?? '', other: 'a'.repeat(64) })

    expect(await change(role, payload)).toMatchObject({ status: 422, code, errors: [{ pointer: expect.any(String) }] })
    expect(await keysOf()).toEqual(before)
  })

  test('more than twenty keys', async () => {
    const add = Array.from({ length: 20 }, () => aKey().publicKey)

    expect(await change('root', { add })).toMatchObject({ status: 422, code: 'keys.count_wrong' })
  })

  test('the pinned key in another role than the root, even when the root has left it', async () => {
    const [pinned] = (await roleOf('root')).keys
    await change('root', { fresh: true })

    expect(await change('targets', { add: [pinned?.publicKey] })).toMatchObject({ status: 422, code: 'keys.used_elsewhere' })
    expect((await change('root', { add: [pinned?.publicKey] })).status).toBe(200)
  })

  test('a key of another product', async () => {
    const key = aKey()
    await change('root', { add: [key.publicKey] })
    productId = newId('p').replace('_', '-')
    await aProduct(fairway, developer, { id: productId })

    expect(await change('root', { add: [key.publicKey] })).toMatchObject({ status: 422, code: 'keys.used_elsewhere' })
  })

  test('roles and products that are not there', async () => {
    expect(await change('channel-none', { fresh: true })).toMatchObject({ status: 404, code: 'role.unknown' })
    productId = 'no-such-product'
    expect(await change('root', { fresh: true })).toMatchObject({ status: 404, code: 'product.unknown' })
    expect(await ask('POST', 'unsigned/root/signatures', aSignature())).toMatchObject({ status: 404, code: 'product.unknown' })
  })
})

const aSignature = (wish = {}) => ({ version: 2, keyid: 'a'.repeat(64), sig: 'b'.repeat(128), ...wish })

describe('a signature', () => {
  test('that is repeated gets the same answer, also when the document has come into force', async () => {
    const key = aKey()
    await change('root', { add: [key.publicKey], replace: true })
    const [document] = await unsigned()
    const signature = { version: document?.version, ...signatureOf(document?.document as TufDocument, key) }

    const first = await ask('POST', 'unsigned/root/signatures', signature)
    const again = await ask('POST', 'unsigned/root/signatures', signature)

    expect(first.status).toBe(200)
    expect(again).toEqual(first)
    expect((await roleOf('root')).document?.version).toBe(2)
  })

  test('that is wrong, of a stranger, of another version, or for nothing is refused and says why', async () => {
    const [key, stranger] = [aKey(), aKey()]
    expect(await ask('POST', 'unsigned/root/signatures', aSignature())).toMatchObject({
      status: 409,
      code: 'signature.nothing_waits',
    })
    await change('root', { add: [key.publicKey], replace: true })
    const bring = (wish: object) => ask('POST', 'unsigned/root/signatures', aSignature(wish))

    expect(await bring({ keyid: key.keyid })).toMatchObject({ status: 422, code: 'signature.wrong' })
    expect(await bring({ keyid: key.keyid, version: 3 })).toMatchObject({ status: 409, code: 'signature.another_version' })
    expect(await sign('root', stranger)).toMatchObject({ status: 409, code: 'signature.key_unknown' })
    expect((await roleOf('root')).waiting?.missing).toBe(1)
  })

  test('over what a document said before is refused', async () => {
    const key = aKey()
    await change('channel-stable', { add: [key.publicKey], replace: true })
    const before = (await unsigned()).find(({ role }) => role === 'channel-stable')
    const release = await aRelease(fairway, developer, { productId, version: '1.0.0' })
    await aRollout(fairway, developer, { releaseId: release.id, steps: [{ percent: 100, bakeSeconds: 0 }] })
    const now = (await unsigned()).find(({ role }) => role === 'channel-stable')

    const stale = { version: now?.version, ...signatureOf(before?.document as TufDocument, key) }
    expect(await ask('POST', 'unsigned/channel-stable/signatures', stale)).toMatchObject({ status: 422, code: 'signature.wrong' })

    // The old key is still here: what was rolled out is signed by it already, and the new key only takes over.
    expect((await roleOf('channel-stable')).document?.version).toBe(2)
    await sign('channel-stable', key)
    expect(await roleOf('channel-stable')).toMatchObject({ next: null, waiting: null, document: { version: 3 } })
  })

  test('is carried by whoever may publish, and by no other', async () => {
    const key = aKey()
    await change('root', { add: [key.publicKey], replace: true })

    expect(await sign('root', key, await aSession('viewer'))).toMatchObject({ status: 403, code: 'keys.not_yours' })
    expect((await sign('root', key)).status).toBe(200)
  })
})

test('two who bring signatures in the same moment are both heard', async () => {
  const keys = Array.from({ length: 5 }, aKey)
  await change('root', { add: keys.map(({ publicKey }) => publicKey), replace: true, threshold: 5 })

  const answers = await Promise.all(keys.map((key) => sign('root', key)))

  expect(answers.map(({ status }) => status)).toEqual(keys.map(() => 200))
  expect(await roleOf('root')).toMatchObject({ threshold: 5, next: null, document: { version: 2 } })
})

test('a key of ours that cannot be opened any more is shown as lost, and can be replaced', async () => {
  const [key] = (await roleOf('timestamp')).keys
  await fairway.db
    .updateTable('delivery.trust_key')
    .set({ private_key: 'w1.AAAA.AAAA.AAAA' })
    .where('product_id', '=', productId)
    .where('keyid', '=', key?.keyid ?? '')
    .execute()
  expect((await roleOf('timestamp')).keys).toMatchObject([{ kept: 'lost' }])

  expect((await change('timestamp', { fresh: true })).status).toBe(200)

  expect((await roleOf('timestamp')).keys).toMatchObject([{ kept: 'here', state: 'in_force' }])
})
