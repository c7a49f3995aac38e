// An upload of one gibibyte: how fast, and how much more memory the server needs while it comes in and is digested.
import { readFileSync } from 'node:fs'
import type { Figure } from './figure.ts'
import type { Stage } from './stage.ts'

const BYTES = 2 ** 30
const PIECE = 32 * 2 ** 20

export async function measureUpload({ server, pid, admin }: Stage): Promise<Figure[]> {
  const { token } = await admin.call<{ token: string }>('POST', '/tokens', { name: 'upload', scopes: ['read', 'releases:write'] })
  const before = rssOf(pid)
  let peak = before
  const watching = setInterval(() => (peak = Math.max(peak, rssOf(pid))), 50)
  const began = performance.now()
  const uploadId = await upload(server, token)
  const seconds = (performance.now() - began) / 1000
  const { id } = await admin.call<{ id: string }>('POST', '/releases', { productId: 'till', version: '9.9.9' })
  await admin.call('POST', `/releases/${id}/artifacts`, { uploadId, platform: 'linux', arch: 'x64', name: 'big.bin' })
  clearInterval(watching)
  return [
    { name: 'upload of 1 GiB', value: BYTES / 2 ** 20 / seconds, unit: 'MiB/s' },
    { name: 'more memory while it comes in and is digested, aim at most 150', value: (peak - before) / 1024, unit: 'MiB RSS' },
  ]
}

async function upload(server: string, token: string) {
  const headers = { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' }
  const created = await fetch(`${server}/api/v1/uploads`, {
    method: 'POST',
    headers: { ...headers, 'upload-length': String(BYTES) },
  })
  const location = created.headers.get('location') ?? ''
  const piece = Buffer.alloc(PIECE, 'fairway ')
  for (let offset = 0; offset < BYTES; offset += PIECE) {
    const sent = await fetch(new URL(location, server), {
      method: 'PATCH',
      headers: { ...headers, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      body: piece,
    })
    if (sent.status !== 204) throw new Error(`The upload broke off at ${offset}: ${sent.status} ${await sent.text()}`)
  }
  return location.split('/').at(-1) ?? ''
}

function rssOf(pid: number) {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
}
