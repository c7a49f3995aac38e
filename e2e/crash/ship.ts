// Publishes releases for crash tests, and asks for things until they are done exactly once.
import { createHash, randomUUID } from 'node:crypto'
import type { AServer } from './a-server.ts'
import { insist } from './persistent-client.ts'

export interface Vendor {
  server: AServer
  headers: Record<string, string>
}

export interface ReleaseWish {
  productId: string
  version: string
  bytes: Buffer
  kind?: string
  fixes?: string[]
}

export async function get<View>({ server, headers }: Vendor, path: string): Promise<View> {
  const answer = await insist(server.url, { method: 'GET', path, headers })
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  // A crash test believes what its own server says of itself, and holds it against the database.
  return answer.body as View
}

/** As a careful client does it: the same key again; where the outcome is unknown it looks, and only then takes a new key. */
export async function doOnce<View>(
  { server, headers }: Vendor,
  { path, body, look }: { path: string; body: object; look?: () => Promise<View | undefined> },
): Promise<View> {
  for (;;) {
    const { status, body: answer } = await insist(server.url, {
      path,
      headers: { ...headers, 'idempotency-key': randomUUID() },
      body,
    })
    if (status < 300) return answer as View
    if (answer.code !== 'idempotency.outcome_unknown') throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`)
    const found = await look?.()
    if (found) return found
  }
}

export async function publish(vendor: Vendor, { productId, version, bytes, kind = 'opaque', fixes = [] }: ReleaseWish) {
  const draft = await doOnce<{ id: string }>(vendor, { path: '/api/v1/releases', body: { productId, version, fixes } })
  const { server, headers } = vendor
  const tus = { ...headers, 'tus-resumable': '1.0.0' }
  const created = await insist(server.url, {
    path: '/api/v1/uploads',
    headers: { ...tus, 'upload-length': String(bytes.length) },
  })
  const upload = new URL(created.headers.get('location') ?? '', server.url).pathname
  await insist(server.url, {
    method: 'PATCH',
    path: upload,
    headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: new Uint8Array(bytes),
  })
  const path = `/api/v1/releases/${draft.id}`
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const name = `${productId}-${version}.${kind === 'opaque' ? 'bin' : kind}`
  await doOnce(vendor, {
    path: `${path}/artifacts`,
    body: { uploadId: upload.split('/').at(-1), platform: 'any', arch: 'any', name, kind, sha256 },
  })
  await doOnce(vendor, { path: `${path}/publish`, body: {} })
  return { id: draft.id, sha256 }
}

export interface RolloutView {
  id: string
  state: string
  because: string
  releaseId: string
}

export function startRollout(
  vendor: Vendor,
  wish: { releaseId: string; steps: { percent: number; bakeSeconds: number }[]; silentAfterSeconds?: number },
) {
  return doOnce<RolloutView>(vendor, {
    path: '/api/v1/rollouts',
    body: { channel: 'stable', ...wish },
    look: async () =>
      (await get<{ items: RolloutView[] }>(vendor, '/api/v1/rollouts?limit=20')).items.find(
        (one) => one.releaseId === wish.releaseId,
      ),
  })
}

export function rolloutState(vendor: Vendor, { id }: { id: string }) {
  return get<RolloutView>(vendor, `/api/v1/rollouts/${id}`)
}
