// Root, targets and channels with keys that are kept elsewhere, the whole way: a stock TUF client and an installation's check of its director follow every step.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createSigningKey,
  isFirstRoot,
  signatureOf,
  type TargetsDocument,
  type TufDocument,
  type TufEnvelope,
  tufKeyOf,
  verifyDirection,
} from '@fairway/trust'
import { Updater } from 'tuf-js'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { newId } from '#platform/ids'
import { aSpokenAgent, type SpokenAgent } from '#testing/agents'
import { openFairway, type TestFairway } from '#testing/open-fairway'
import { anOrganisation, aStaff } from '#testing/people'
import { aProduct, aRelease, aRollout, type MadeRelease, send } from '#testing/releases'

let fairway: TestFairway
let vendor: Record<string, string>
let base: string
beforeAll(async () => {
  fairway = await openFairway()
  vendor = (await aStaff(fairway, ['administrator'])).headers
  base = await fairway.http.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => fairway.close())

let productId: string
let till: SpokenAgent
beforeEach(async () => {
  productId = newId('p').replace('_', '-')
  await aProduct(fairway, vendor, { id: productId, isPublic: true })
  const organisationId = (await anOrganisation(fairway)).id
  await send(fairway, vendor, { method: 'PUT', url: `/api/v1/organisations/${organisationId}/entitlements/${productId}/stable` })
  till = await aSpokenAgent(fairway, { organisationId, productId, channel: 'stable' })
})

type Key = ReturnType<typeof aKey>
function aKey() {
  const key = createSigningKey()
  return { ...key, keyid: tufKeyOf(key.publicKey).keyid }
}

interface Unsigned {
  role: string
  version: number
  document: TufDocument
  needed: string[]
}

const api = (path: string) => `/api/v1/products/${productId}/${path}`
const metadata = async <Document extends TufDocument>(file: string) =>
  (await (await fetch(`${base}/updates/tuf/${productId}/metadata/${file}`)).json()) as TufEnvelope<Document>
const keep = (role: string, keys: Key[], threshold = 1) =>
  send(fairway, vendor, {
    method: 'POST',
    url: api(`keys/${role}`),
    payload: { add: keys.map(({ publicKey }) => publicKey), replace: true, threshold },
  })
const unsigned = async () => (await send<{ items: Unsigned[] }>(fairway, vendor, { method: 'GET', url: api('unsigned') })).items

/** This process serves what the database says: a client that looks in the very moment of the change has to look again. */
async function caughtUp() {
  const { version } = await fairway.db
    .selectFrom('delivery.trust_document')
    .select(({ fn }) => fn.max('version').as('version'))
    .where('product_id', '=', productId)
    .where('role', '=', 'timestamp')
    .where('is_complete', '=', true)
    .executeTakeFirstOrThrow()
  await expect.poll(async () => (await metadata('timestamp.json')).signed.version, { timeout: 5000 }).toBe(version)
}

/** Each holder signs whatever waits for this key, as `fairway keys sign` does. */
async function sign(...keys: Key[]) {
  for (const key of keys) {
    const mine = (await unsigned()).filter(({ needed }) => needed.includes(key.keyid))
    for (const { role, version, document } of mine) {
      const payload = { version, ...signatureOf(document, key) }
      await send(fairway, vendor, { method: 'POST', url: api(`unsigned/${role}/signatures`), payload })
    }
  }
  await caughtUp()
}

/** A client as somebody else would set it up, who was given the first root; it keeps its folder from one look to the next. */
async function aClient() {
  const folder = await mkdtemp(join(tmpdir(), 'fairway-tuf-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'root.json'), JSON.stringify(await metadata('1.root.json')))
  const open = () =>
    new Updater({
      metadataDir: folder,
      metadataBaseUrl: `${base}/updates/tuf/${productId}/metadata`,
      targetDir: folder,
      targetBaseUrl: `${base}/updates/tuf/${productId}/targets`,
      config: { fetchRetry: 0 },
    })
  return {
    /** The file of a release, verified; undefined where nobody signed for it. */
    async get({ version, artifacts: [artifact] }: MadeRelease) {
      const client = open()
      const target = await client.getTargetInfo(`stable/${version}/${artifact?.name}`)
      return target && readFile(await client.downloadTarget(target))
    },
    async rootVersion() {
      await open().refresh()
      return (JSON.parse(await readFile(join(folder, 'root.json'), 'utf8')) as TufEnvelope).signed.version
    },
  }
}

async function aRolledOut(version: string) {
  const release = await aRelease(fairway, vendor, { productId, version })
  await aRollout(fairway, vendor, { releaseId: release.id, steps: [{ percent: 100, bakeSeconds: 0 }] })
  return release
}

const decision = async () => {
  const answer = await till.checkIn()
  return answer.because?.code ?? answer.decision
}

/** What the installation is told, judged by the newest targets document, as the agent would. */
async function directed(release: MadeRelease) {
  const { direction } = (await till.checkIn()) as unknown as { direction?: unknown }
  const snapshot = await newest('snapshot')
  const { version } = (snapshot.signed as unknown as { meta: Record<string, { version: number }> }).meta['targets.json'] ?? {
    version: 0,
  }
  const { signed: targets } = await metadata<TargetsDocument>(`${version}.targets.json`)
  const verdict = verifyDirection(direction, {
    targets,
    installationId: till.installation.id,
    now: fairway.clock.now(),
    lastVersion: 0,
  })
  return verdict.ok && verdict.path === `stable/${release.version}/${release.artifacts[0]?.name}`
}

async function newest(role: string) {
  const timestamp = await metadata('timestamp.json')
  const { meta } = timestamp.signed as unknown as { meta: Record<string, { version: number }> }
  return metadata(`${meta['snapshot.json']?.version}.${role}.json`)
}

/** Waits until this process serves what the database says; the log tells it. */
const served = (what: () => Promise<unknown>, expected: unknown) => expect.poll(what, { timeout: 5000 }).toEqual(expected)

interface Offline {
  root: Key[]
  targets: Key
  stable: Key
  beta: Key
}

async function takeOffline(): Promise<Offline> {
  const keys = { root: [aKey(), aKey(), aKey()], targets: aKey(), stable: aKey(), beta: aKey() }
  await keep('root', keys.root, 2)
  await keep('targets', [keys.targets])
  await keep('channel-stable', [keys.stable])
  await keep('channel-beta', [keys.beta])
  return keys
}

describe('keys that are kept elsewhere', () => {
  test('take over step by step, and at each step a stock client can follow', async () => {
    const before = await aRolledOut('1.0.0')
    const client = await aClient()
    await served(() => client.get(before), before.content)
    const keys = await takeOffline()
    expect((await unsigned()).map(({ role }) => role)).toEqual(['root', 'targets', 'channel-beta', 'channel-stable'])
    const fresh = await aClient()

    const [first, second] = keys.root as [Key, Key]
    for (const key of [keys.stable, first, keys.beta, keys.targets, second]) {
      await sign(key)
      expect(await client.get(before), 'an old client').toEqual(before.content)
      expect(await fresh.get(before), 'a new client').toEqual(before.content)
    }

    await served(() => client.rootVersion(), 2)
    expect(await unsigned()).toEqual([])
    expect(isFirstRoot(await metadata('1.root.json'), (await fairway.delivery.findProduct(productId))?.manifestKey ?? '')).toBe(
      true,
    )
    const root = await metadata('2.root.json')
    // By the old key, which installations pinned, and by two of the three new ones.
    expect(root.signatures).toHaveLength(3)
    const held = await fairway.db
      .selectFrom('delivery.trust_key')
      .select('keyid')
      .where('product_id', '=', productId)
      .where('private_key', 'is not', null)
      .execute()
    // Snapshot, timestamp and director: no other key is here any more.
    expect(held).toHaveLength(3)
  })

  test('hold a release back until their signature is brought, and then it comes by itself', async () => {
    const keys = await takeOffline()
    await sign(...keys.root, keys.targets, keys.stable, keys.beta)
    const client = await aClient()
    await served(() => client.rootVersion(), 2)

    const release = await aRolledOut('1.0.0')

    await served(decision, 'not_signed')
    expect(await client.get(release)).toBeUndefined()
    expect((await unsigned()).map(({ role, version }) => `${role} ${version}`)).toEqual(['channel-stable 3'])

    await sign(keys.stable)

    await served(decision, 'update')
    expect(await client.get(release)).toEqual(release.content)
    expect(await directed(release)).toBe(true)
  })

  test('replace an online key that was lost, and everybody follows', async () => {
    const keys = await takeOffline()
    await sign(...keys.root, keys.targets, keys.stable, keys.beta)
    const release = await aRolledOut('1.0.0')
    await sign(keys.stable)
    const client = await aClient()
    await served(() => client.get(release), release.content)
    const { signed } = await metadata('2.root.json')
    const lost = signed._type === 'root' ? signed.roles.timestamp.keyids : []
    await fairway.db.deleteFrom('delivery.trust_key').where('product_id', '=', productId).where('keyid', 'in', lost).execute()

    // Nobody can sign the next timestamp, and nothing that is signed is harmed.
    fairway.clock.advance(13 * 3_600_000)
    await fairway.settle()
    expect(await client.get(release)).toEqual(release.content)
    await send(fairway, vendor, { method: 'POST', url: api('keys/timestamp'), payload: { fresh: true } })
    expect((await unsigned()).map(({ role }) => role)).toEqual(['root'])
    await sign(...keys.root.slice(1))

    await served(() => client.rootVersion(), 3)
    expect(await client.get(release)).toEqual(release.content)
    const timestamp = await metadata('timestamp.json')
    expect(timestamp.signatures.map(({ keyid }) => keyid)).not.toEqual(lost)
    expect(Date.parse(timestamp.signed.expires)).toBeGreaterThan(fairway.clock.now().getTime() + 20 * 3_600_000)
    expect(await (await aClient()).get(release)).toEqual(release.content)
  })

  test('replace the director, and what the old one said is believed no more', async () => {
    const keys = await takeOffline()
    await sign(...keys.root, keys.targets, keys.stable, keys.beta)
    const release = await aRolledOut('1.0.0')
    await sign(keys.stable)
    await served(decision, 'update')
    const { direction: old } = (await till.checkIn()) as unknown as { direction: unknown }

    await send(fairway, vendor, { method: 'POST', url: api('keys/director'), payload: { fresh: true } })
    // Until the targets are signed, the old one goes on directing.
    expect(await directed(release)).toBe(true)
    await sign(keys.targets)

    const { signed: targets } = await metadata<TargetsDocument>('3.targets.json')
    const at = { targets, installationId: till.installation.id, now: fairway.clock.now(), lastVersion: 0 }
    expect(verifyDirection(old, at)).toMatchObject({ ok: false, code: 'direction.signature_wrong' })
    await served(() => directed(release), true)
  })
})
