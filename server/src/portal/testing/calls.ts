// How stories of the portal talk to Fairway: as somebody, through HTTP, with products, releases and mails made the way people make them.
import type { InjectOptions } from 'fastify'
import type { Db } from '#platform/db'
import type { Http } from '#platform/http'
import { newId } from '#platform/ids'

export interface Somebody {
  headers: Record<string, string>
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/** Sends JSON, and gives status, headers and the parsed answer. */
export async function call({ http }: { http: Http }, who: Somebody, [method, url, payload]: [Method, string, object?]) {
  const request: InjectOptions = { method, url, headers: who.headers, ...(payload && { payload }) }
  const answer = await http.inject(request)
  const isJson = /json/.test(String(answer.headers['content-type']))
  return { status: answer.statusCode, headers: answer.headers, body: isJson ? answer.json() : answer.body }
}

/** The same, where anything but success is a mistake of the story. */
export async function must(fairway: { http: Http }, who: Somebody, request: [Method, string, object?]) {
  const { status, body } = await call(fairway, who, request)
  if (status >= 300) throw new Error(`${request[0]} ${request[1]} answered ${status}: ${JSON.stringify(body)}`)
  return body
}

/** A product, and the organisation entitled to its stable channel. */
export async function aProduct(fairway: { http: Http }, staff: Somebody, organisationId?: string) {
  const id = newId('till').replace('_', '-')
  await must(fairway, staff, ['POST', '/api/v1/products', { id, name: 'Till' }])
  if (organisationId) await must(fairway, staff, ['PUT', `/api/v1/organisations/${organisationId}/entitlements/${id}/stable`])
  return id
}

/** Uploaded by tus, as the CLI does, and published. */
export async function aRelease(
  { http }: { http: Http },
  staff: Somebody,
  wish: { productId: string; version: string; fixes?: string[] },
) {
  const release = await must({ http }, staff, ['POST', '/api/v1/releases', wish])
  const bytes = Buffer.from(`the bytes of ${wish.version}`)
  const upload = await http.inject({
    method: 'POST',
    url: '/api/v1/uploads',
    headers: {
      ...staff.headers,
      'tus-resumable': '1.0.0',
      'upload-length': String(bytes.length),
      'content-type': 'application/offset+octet-stream',
    },
    payload: bytes,
  })
  const uploadId = String(upload.headers.location).split('/').at(-1)
  const artifact = { uploadId, platform: 'linux', arch: 'x64', name: 'till.bin', kind: 'opaque' }
  await must({ http }, staff, ['POST', `/api/v1/releases/${release.id}/artifacts`, artifact])
  await must({ http }, staff, ['POST', `/api/v1/releases/${release.id}/publish`])
  return { id: release.id as string, version: wish.version }
}

/** What was mailed to somebody, oldest first. */
export async function mailsTo(fairway: { http: Http }, administrator: Somebody, address: string) {
  const { items } = await must(fairway, administrator, ['GET', '/api/v1/mails'])
  const mails = items as { to: string; subject: string; text: string; createdAt: string }[]
  return mails.filter((mail) => mail.to === address).reverse()
}

/** What the log says about something, oldest first. */
export async function eventsOf({ db }: { db: Db }, subject: string) {
  const rows = await db
    .selectFrom('platform.event')
    .select(['name', 'body', 'actor'])
    .where('subject', '=', subject)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ name: row.name, actor: row.actor, body: row.body as Record<string, unknown> }))
}
