// Makes products and releases for stories, through the API, as a developer would.
import { createHash, randomBytes } from 'node:crypto'
import type { Http } from '#platform/http'

interface Vendor {
  http: Http
}
type Headers = Record<string, string>

export async function send<Answer>(
  { http }: Vendor,
  headers: Headers,
  request: { method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; url: string; payload?: object },
) {
  const response = await http.inject({ ...request, headers })
  if (response.statusCode >= 400) throw new Error(`${request.method} ${request.url}: ${response.statusCode} ${response.body}`)
  // A story believes its own server.
  return (response.body ? response.json() : undefined) as Answer
}

export async function aProduct(
  vendor: Vendor,
  headers: Headers,
  product: { id: string; isPublic?: boolean; bakeSeconds?: number },
) {
  return send<{ id: string; fingerprint: string }>(vendor, headers, {
    method: 'POST',
    url: '/api/v1/products',
    payload: { name: product.id, ...product },
  })
}

/** Uploads by tus in one piece. */
export async function anUpload({ http }: Vendor, headers: Headers, content: Buffer) {
  const created = await http.inject({
    method: 'POST',
    url: '/api/v1/uploads',
    headers: { ...headers, 'tus-resumable': '1.0.0', 'upload-length': String(content.length) },
  })
  const location = String(created.headers.location)
  const patch = { ...headers, 'tus-resumable': '1.0.0', 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
  const sent = await http.inject({ method: 'PATCH', url: location, headers: patch, payload: content })
  if (sent.statusCode !== 204) throw new Error(`upload: ${created.statusCode} ${sent.statusCode} ${sent.body}`)
  return location.split('/').at(-1) ?? ''
}

export interface ReleaseWish {
  productId: string
  version: string
  fixes?: string[]
  content?: Buffer
  platform?: string
  arch?: string
  name?: string
}

export interface MadeRelease {
  id: string
  version: string
  state: string
  sequence: number
  artifacts: { id: string; name: string; sha256: string; size: number }[]
  content: Buffer
}

export async function aDraft(vendor: Vendor, headers: Headers, wish: ReleaseWish): Promise<MadeRelease> {
  const {
    productId,
    version,
    fixes = [],
    content = randomBytes(2000),
    platform = 'linux',
    arch = 'x64',
    name = `${productId}-${version}.bin`,
  } = wish
  const draft = await send<{ id: string }>(vendor, headers, {
    method: 'POST',
    url: '/api/v1/releases',
    payload: { productId, version, fixes },
  })
  const uploadId = await anUpload(vendor, headers, content)
  const sha256 = createHash('sha256').update(content).digest('hex')
  await send(vendor, headers, {
    method: 'POST',
    url: `/api/v1/releases/${draft.id}/artifacts`,
    payload: { uploadId, platform, arch, name, sha256 },
  })
  return { ...(await send<MadeRelease>(vendor, headers, { method: 'GET', url: `/api/v1/releases/${draft.id}` })), content }
}

export async function aRelease(vendor: Vendor, headers: Headers, wish: ReleaseWish): Promise<MadeRelease> {
  const draft = await aDraft(vendor, headers, wish)
  return {
    ...draft,
    ...(await send<MadeRelease>(vendor, headers, { method: 'POST', url: `/api/v1/releases/${draft.id}/publish` })),
  }
}

export interface RolloutWish {
  releaseId: string
  channel?: string
  steps?: { percent: number; bakeSeconds: number }[]
  silentAfterSeconds?: number
}

export async function aRollout(vendor: Vendor, headers: Headers, { channel = 'stable', ...wish }: RolloutWish) {
  return send<{ id: string; state: string }>(vendor, headers, {
    method: 'POST',
    url: '/api/v1/rollouts',
    payload: { channel, ...wish },
  })
}
