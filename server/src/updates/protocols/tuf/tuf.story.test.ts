// A stock TUF client (tuf-js) reads our repository, follows it, and refuses what it must; and installations hear their director.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isFirstRoot, type TargetsDocument, type TufEnvelope, verifyDirection } from '@fairway/trust'
import { BaseFetcher, Updater } from 'tuf-js'
import { DownloadHTTPError } from 'tuf-js/dist/error.js'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { newId } from '#platform/ids'
import { aSpokenAgent } from '#testing/agents'
import { openFairway, type TestFairway } from '#testing/open-fairway'
import { anOrganisation, aStaff } from '#testing/people'
import { aProduct, aRelease, aRollout, send } from '#testing/releases'

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
let manifestKey: string
beforeEach(async () => {
  productId = newId('p').replace('_', '-')
  await aProduct(fairway, vendor, { id: productId, isPublic: true })
  manifestKey = (await fairway.delivery.findProduct(productId))?.manifestKey ?? ''
})

const everybody = [{ percent: 100, bakeSeconds: 0 }]
const url = (path: string, product = productId) => `${base}/updates/tuf/${product}/${path}`
const json = async <Answer>(path: string, product?: string) => (await (await fetch(url(path, product))).json()) as Answer

/** Known to the snapshot of this process, which follows the log. */
async function aRolledOut(version: string, on = productId) {
  const release = await aRelease(fairway, vendor, { productId: on, version })
  await aRollout(fairway, vendor, { releaseId: release.id, steps: everybody })
  await expect.poll(() => isListed(release.artifacts[0]?.sha256 ?? '', on), { timeout: 5000 }).toBe(true)
  return release
}

async function isListed(sha256: string, product: string) {
  const snapshot = await fairway.delivery.readSnapshot()
  const repository = snapshot.repositories.find((one) => one.productId === product)
  return [...(repository?.targets.values() ?? [])].some(({ hashes }) => hashes.sha256 === sha256)
}

async function aFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'fairway-tuf-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

class WithToken extends BaseFetcher {
  #token: string
  constructor(token: string) {
    super()
    this.#token = token
  }
  override async fetch(address: string) {
    const response = await fetch(address, { headers: { authorization: this.#token } })
    if (!response.ok || !response.body) throw new DownloadHTTPError('refused', response.status)
    return response.body
  }
}

/** A client as somebody else would set it up, who was given the first root. */
async function aClient(folder: string) {
  await writeFile(join(folder, 'root.json'), JSON.stringify(await json('metadata/1.root.json')))
  return () =>
    new Updater({
      metadataDir: folder,
      metadataBaseUrl: url('metadata'),
      targetDir: folder,
      targetBaseUrl: url('targets'),
      config: { fetchRetry: 0 },
    })
}

test('a product has a repository from its first moment, rooted in the key that installations pin', async () => {
  await expect.poll(async () => (await fetch(url('metadata/1.root.json'))).status).toBe(200)

  expect(isFirstRoot(await json('metadata/1.root.json'), manifestKey)).toBe(true)
  const metadata = await fetch(url('metadata/timestamp.json'))
  expect(metadata.headers.get('cache-control')).toContain('max-age=30')
  const again = await fetch(url('metadata/timestamp.json'), { headers: { 'if-none-match': metadata.headers.get('etag') ?? '' } })
  expect(again.status).toBe(304)
  expect((await fetch(url('metadata/2.root.json'))).status).toBe(404)
})

test('a stock client finds what was rolled out, and fetches it', async () => {
  const release = await aRolledOut('1.0.0')
  const open = await aClient(await aFolder())
  await expect
    .poll(async () => (await open().getTargetInfo(`stable/1.0.0/${release.artifacts[0]?.name}`)) !== undefined)
    .toBe(true)

  const client = open()
  const target = await client.getTargetInfo(`stable/1.0.0/${release.artifacts[0]?.name}`)
  if (!target) throw new Error('no target')
  expect(target.custom).toMatchObject({ format: 2, product: productId, version: '1.0.0', releaseId: release.id, sequence: 1 })
  const file = await client.downloadTarget(target)
  expect((await readFile(file)).equals(release.content)).toBe(true)
  expect(await client.getTargetInfo(`beta/1.0.0/${release.artifacts[0]?.name}`)).toBeUndefined()
})

test('a withdrawn release is no longer listed, and no longer given', async () => {
  const release = await aRolledOut('1.0.0')
  const name = release.artifacts[0]?.name
  const path = `targets/stable/1.0.0/${release.artifacts[0]?.sha256}.${name}`
  await expect.poll(async () => (await fetch(url(path))).status).toBe(200)

  await send(fairway, vendor, { method: 'POST', url: `/api/v1/releases/${release.id}/withdraw`, payload: { reason: 'broken' } })

  await expect.poll(async () => (await fetch(url(path))).status).toBe(404)
  const open = await aClient(await aFolder())
  expect(await open().getTargetInfo(`stable/1.0.0/${name}`)).toBeUndefined()
})

test('what expires is signed anew before it does, and versions rise', async () => {
  await expect.poll(async () => (await fetch(url('metadata/timestamp.json'))).status).toBe(200)
  const before = await json<TufEnvelope>('metadata/timestamp.json')

  fairway.clock.advance(13 * 3_600_000)
  await fairway.settle()

  await expect
    .poll(async () => (await json<TufEnvelope>('metadata/timestamp.json')).signed.version)
    .toBe(before.signed.version + 1)
})

test('an installation hears from its director what to run, and nobody else does', async () => {
  const organisationId = (await anOrganisation(fairway)).id
  await send(fairway, vendor, { method: 'PUT', url: `/api/v1/organisations/${organisationId}/entitlements/${productId}/stable` })
  const till = await aSpokenAgent(fairway, { organisationId, productId, channel: 'stable' })
  const release = await aRolledOut('1.0.0')
  await expect.poll(async () => (await till.checkIn()).decision).toBe('update')

  const { direction } = (await till.checkIn()) as unknown as { direction: unknown }
  const snapshot = await json<TufEnvelope>('metadata/timestamp.json')
  expect(snapshot.signed._type).toBe('timestamp')
  const targets = (await json<TufEnvelope<TargetsDocument>>('metadata/1.targets.json')).signed
  const at = { targets, installationId: till.installation.id, now: fairway.clock.now(), lastVersion: 0 }
  expect(verifyDirection(direction, at)).toMatchObject({
    ok: true,
    path: `stable/1.0.0/${release.artifacts[0]?.name}`,
    target: { hashes: { sha256: release.artifacts[0]?.sha256 } },
  })
  expect(verifyDirection(direction, { ...at, installationId: newId('in') })).toMatchObject({
    ok: false,
    code: 'direction.for_another',
  })
})

test('of a product that is not public only its own installations hear', async () => {
  const hidden = newId('p').replace('_', '-')
  await aProduct(fairway, vendor, { id: hidden })
  const organisationId = (await anOrganisation(fairway)).id
  for (const product of [hidden, productId])
    await send(fairway, vendor, { method: 'PUT', url: `/api/v1/organisations/${organisationId}/entitlements/${product}/stable` })
  const release = await aRolledOut('1.0.0', hidden)
  const [own, other] = [
    await aSpokenAgent(fairway, { organisationId, productId: hidden, channel: 'stable' }),
    await aSpokenAgent(fairway, { organisationId, productId, channel: 'stable' }),
  ]
  const paths = [
    'metadata/1.root.json',
    'metadata/timestamp.json',
    `targets/stable/1.0.0/${release.artifacts[0]?.sha256}.${release.artifacts[0]?.name}`,
  ]
  await expect.poll(async () => (await own.checkIn()).decision).toBe('update')

  for (const path of paths) {
    const status = async (headers: Record<string, string>) => (await fetch(url(path, hidden), { headers })).status
    expect([path, await status({}), await status(other.headers), await status(own.headers)]).toEqual([path, 404, 404, 200])
  }
  const folder = await aFolder()
  const first = await fetch(url('metadata/1.root.json', hidden), { headers: own.headers })
  await writeFile(join(folder, 'root.json'), await first.text())
  const client = new Updater({
    metadataDir: folder,
    metadataBaseUrl: url('metadata', hidden),
    fetcher: new WithToken(own.headers.authorization),
  })
  expect(await client.getTargetInfo(`stable/1.0.0/${release.artifacts[0]?.name}`)).toBeDefined()
})
