// A third-party client that nobody here wrote: electron-updater 6.8, run without Electron, against our server.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openFairway, type TestFairway } from '../server/src/testing/open-fairway.ts'
import { aMember, anOrganisation, aStaff } from '../server/src/testing/people.ts'
import { aProduct, aRelease, aRollout, send } from '../server/src/testing/releases.ts'
import { createHeadlessUpdater } from './electron-updater-headless.ts'

let fairway: TestFairway
let server = ''
let vendor: Record<string, string>
let folder = ''
beforeAll(async () => {
  fairway = await openFairway()
  server = await fairway.http.listen({ host: '127.0.0.1', port: 0 })
  vendor = (await aStaff(fairway, ['administrator'])).headers
  folder = mkdtempSync(join(tmpdir(), 'fairway-electron-'))
})
afterAll(async () => {
  await fairway.close()
  rmSync(folder, { recursive: true, force: true })
})

let count = 0
/** A client at 1.0.0 with a folder of its own. */
async function aClient(productId: string, { stagingId, token }: { stagingId?: string; token?: string } = {}) {
  const dir = join(folder, `client-${count++}`)
  await mkdir(join(dir, 'userData'), { recursive: true })
  if (stagingId) await writeFile(join(dir, 'userData', '.updaterId'), stagingId)
  return createHeadlessUpdater({ dir, url: `${server}/updates/electron/${productId}/stable`, token })
}

async function complete(productId: string, version: string, content = randomBytes(300_000)) {
  const release = await aRelease(fairway, vendor, { productId, version, content, name: `app_${version}_amd64.deb` })
  const rollout = await aRollout(fairway, vendor, { releaseId: release.id, steps: [{ percent: 100, bakeSeconds: 0 }] })
  await until(
    async () =>
      (await send<{ state: string }>(fairway, vendor, { method: 'GET', url: `/api/v1/rollouts/${rollout.id}` })).state ===
      'complete',
  )
  return release
}

async function until(isSo: () => Promise<boolean>) {
  for (let round = 0; round < 200; round++) {
    if (await isSo()) return
    await fairway.settle()
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('It did not come to be so.')
}

const offered = async (client: Awaited<ReturnType<typeof aClient>>) => {
  const found = await client.checkForUpdates()
  return found?.isUpdateAvailable ? found.updateInfo.version : 'nothing'
}

describe('electron-updater', () => {
  test('checks, downloads and verifies an update of a public product', async () => {
    await aProduct(fairway, vendor, { id: 'open-app', isPublic: true })
    const release = await complete('open-app', '1.1.0')
    await until(async () => (await offered(await aClient('open-app'))) === '1.1.0')

    const client = await aClient('open-app')
    await client.checkForUpdates()
    const [file = ''] = await client.downloadUpdate()

    expect(readFileSync(file).equals(release.content)).toBe(true)
  })

  test('refuses a file whose sha512 is not the one that was published', async () => {
    await aProduct(fairway, vendor, { id: 'bad-disk', isPublic: true })
    const release = await complete('bad-disk', '1.1.0')
    await until(async () => (await offered(await aClient('bad-disk'))) === '1.1.0')
    const { sha256 = '' } = release.artifacts[0] ?? {}
    const path = join(fairway.dataDir, 'artifacts', 'sha256', sha256.slice(0, 2), sha256)
    await writeFile(path, randomBytes(release.content.length))

    const client = await aClient('bad-disk')
    await client.checkForUpdates()

    await expect(client.downloadUpdate()).rejects.toMatchObject({ code: 'ERR_CHECKSUM_MISMATCH' })
  })

  test('gets a rollout only where its id is in the cohort', async () => {
    await aProduct(fairway, vendor, { id: 'staged', isPublic: true })
    await complete('staged', '1.0.1')
    const next = await aRelease(fairway, vendor, { productId: 'staged', version: '2.0.0', name: 'app_2.0.0_amd64.deb' })
    await aRollout(fairway, vendor, {
      releaseId: next.id,
      steps: [
        { percent: 50, bakeSeconds: 3600 },
        { percent: 100, bakeSeconds: 0 },
      ],
    })
    const ids = Array.from(
      { length: 40 },
      (_, index) => `924ff232-430c-5e2d-835f-4156${index.toString(16).padStart(2, '0')}616063`,
    )
    await until(async () =>
      (await Promise.all(ids.map(async (stagingId) => offered(await aClient('staged', { stagingId }))))).includes('2.0.0'),
    )

    const versions = await Promise.all(ids.map(async (stagingId) => offered(await aClient('staged', { stagingId }))))
    const again = await Promise.all(ids.map(async (stagingId) => offered(await aClient('staged', { stagingId }))))
    const news = versions.filter((version) => version === '2.0.0').length

    expect(versions).toEqual(again)
    expect(new Set(versions)).toEqual(new Set(['1.0.1', '2.0.0']))
    // Half of forty by chance: 8 to 32 holds but for one run in a hundred thousand.
    expect(news).toBeGreaterThanOrEqual(8)
    expect(news).toBeLessThanOrEqual(32)
  })

  test('is not offered what was withdrawn', async () => {
    await aProduct(fairway, vendor, { id: 'pulled', isPublic: true })
    await complete('pulled', '1.0.1')
    const bad = await complete('pulled', '1.2.0')
    await until(async () => (await offered(await aClient('pulled'))) === '1.2.0')

    await send(fairway, vendor, {
      method: 'POST',
      url: `/api/v1/releases/${bad.id}/withdraw`,
      payload: { reason: 'It does not start.' },
    })

    await until(async () => (await offered(await aClient('pulled'))) === '1.0.1')
  })

  test('needs a token of an entitled organisation where the product is not public', async () => {
    await aProduct(fairway, vendor, { id: 'closed-app' })
    const release = await complete('closed-app', '1.1.0')
    const [entitled, foreign] = await Promise.all([anOrganisation(fairway), anOrganisation(fairway)])
    await send(fairway, vendor, { method: 'PUT', url: `/api/v1/organisations/${entitled.id}/entitlements/closed-app/stable` })
    const { token } = await aMember(fairway, entitled.id)
    const stranger = await aMember(fairway, foreign.id)
    await until(async () => (await offered(await aClient('closed-app', { token })).catch(() => '')) === '1.1.0')

    const client = await aClient('closed-app', { token })
    await client.checkForUpdates()
    const [file = ''] = await client.downloadUpdate()

    expect(readFileSync(file).equals(release.content)).toBe(true)
    await expect(offered(await aClient('closed-app'))).rejects.toMatchObject({ code: 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND' })
    await expect(offered(await aClient('closed-app', { token: stranger.token }))).rejects.toMatchObject({
      code: 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND',
    })
    const direct = `${server}/updates/electron/closed-app/stable/${release.artifacts[0]?.id}/${release.artifacts[0]?.name}`
    expect((await fetch(direct)).status).toBe(404)
    expect((await fetch(direct, { headers: { authorization: `Bearer ${stranger.token}` } })).status).toBe(404)
  })
})

test('the client is the one that people have', () => {
  expect(createRequire(import.meta.url)('electron-updater/package.json').version).toBe('6.8.10')
})
