// A Fairway with two releases of a product, the newer one for everybody, and customers entitled to it; its installations are made apart.
import { randomBytes } from 'node:crypto'
import { type DemoPerson, signIn } from '../../demo/people.ts'
import { ADMIN, startPlatform } from '../../demo/platform.ts'
import { SECRET } from './crowd.ts'

const ORGANISATIONS = 20
const ALL_AT_ONCE = [{ percent: 100, bakeSeconds: 0 }]

export interface Release {
  id: string
  version: string
}

export type Platform = Awaited<ReturnType<typeof start>>

/** As `npm start` starts it, but nobody is limited. Resolves when it is ready. */
export async function start(folder: string) {
  const began = performance.now()
  const platform = await startPlatform(folder, { FAIRWAY_SECRET: SECRET, FAIRWAY_REQUESTS_PER_MINUTE: '1000000000' })
  await until(async () => (await platform.isReady()) === true)
  const url = platform.server.replace('localhost', '127.0.0.1')
  return { ...platform, url, folder, pid: platform.child.pid ?? 0, seconds: (performance.now() - began) / 1000 }
}

export async function prepare({ server }: Platform) {
  const admin = await signIn(server, ADMIN)
  const { token } = await admin.call<{ token: string }>('POST', '/tokens', { name: 'bench', scopes: ['read', 'releases:write'] })
  await admin.call('POST', '/products', { id: 'till', name: 'Till' })
  const organisationIds: string[] = []
  for (let at = 0; at < ORGANISATIONS; at += 1) {
    const { id } = await admin.call<{ id: string }>('POST', '/organisations', { name: `Customer ${at}` })
    await admin.call('PUT', `/organisations/${id}/entitlements/till/stable`)
    organisationIds.push(id)
  }
  const previous = await ship(admin, { server, token, version: '1.0.0' })
  const current = await ship(admin, { server, token, version: '1.1.0' })
  return { organisationIds, previous, current }
}

async function ship(
  admin: DemoPerson,
  { server, token, version }: { server: string; token: string; version: string },
): Promise<Release> {
  const { id } = await admin.call<{ id: string }>('POST', '/releases', { productId: 'till', version })
  const uploadId = await upload(server, token)
  await admin.call('POST', `/releases/${id}/artifacts`, { uploadId, platform: 'linux', arch: 'x64', name: `till-${version}.bin` })
  await admin.call('POST', `/releases/${id}/publish`)
  const rollout = await admin.call<{ id: string }>('POST', '/rollouts', { releaseId: id, channel: 'stable', steps: ALL_AT_ONCE })
  await until(async () => (await admin.call<{ state: string }>('GET', `/rollouts/${rollout.id}`)).state === 'complete')
  return { id, version }
}

async function upload(server: string, token: string) {
  const headers = { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' }
  const content = randomBytes(10_000)
  const created = await fetch(`${server}/api/v1/uploads`, {
    method: 'POST',
    headers: { ...headers, 'upload-length': String(content.length) },
  })
  const location = created.headers.get('location') ?? ''
  const patch = { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
  const sent = await fetch(new URL(location, server), { method: 'PATCH', headers: patch, body: content })
  if (sent.status !== 204) throw new Error(`The upload broke off: ${sent.status} ${await sent.text()}`)
  return location.split('/').at(-1) ?? ''
}

export async function until(isSo: () => Promise<boolean>, patienceMs = 120_000) {
  const end = performance.now() + patienceMs
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`Waited ${patienceMs / 1000} s in vain.`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
