// Writes without a pause, as developers, customers and installations do together, and keeps a ledger of what was acknowledged.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Crowd } from './crowd.ts'
import type { Entry, Kind } from './ledger.ts'
import { insist } from './persistent-client.ts'
import { enrol, type SpokenAgent } from './spoken-agent.ts'
import { PRODUCT } from './stage.ts'

const BETWEEN_MS = 10
const PIECE = 20_000

let made = 0
const fresh = (what: string) => `${what}-${(made += 1)}`

export interface Load {
  /** Ends when everybody knows what became of the last thing they asked for. */
  stop(): Promise<void>
}

export function startLoad(crowd: Crowd): Load {
  const stopping = new AbortController()
  const again = async (write: () => Promise<void>) => {
    while (!stopping.signal.aborted) {
      await write()
      await pause(BETWEEN_MS)
    }
  }
  const all = [
    again(() => addProduct(crowd)),
    again(() => ship(crowd)),
    again(() => talk(crowd)),
    again(() => connect(crowd)),
    ...crowd.agents.map((agent) => again(() => tell(crowd, agent))),
  ]
  // Awaited in stop(); an error before is kept for it.
  const ended = Promise.all(all)
  ended.catch((error: Error) => console.error(`Somebody stopped asking: ${error.message}`))
  return {
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

/** A POST with a key, repeated until somebody says what became of it. */
async function post(
  { server, headers, ledger }: Pick<Crowd, 'server' | 'headers' | 'ledger'>,
  { kind, name, path, body, status }: { kind: Kind; name: string; path: string; body: object; status: number },
): Promise<Entry> {
  const key = randomUUID()
  const answer = await insist(server.url, { path, headers: { ...headers, 'idempotency-key': key }, body })
  const isUnknown = answer.body.code === 'idempotency.outcome_unknown'
  if (answer.status !== status && !isUnknown) throw new Error(`${path} ${name}: ${answer.status} ${JSON.stringify(answer.body)}`)
  const entry: Entry = {
    kind,
    name,
    state: isUnknown ? 'unknown' : 'done',
    id: String(answer.body.id ?? ''),
    tries: answer.tries,
    ...(isUnknown ? {} : { repeat: { path, key, body, answer: answer.body } }),
  }
  ledger.note(entry)
  return entry
}

async function addProduct(crowd: Crowd) {
  const name = fresh('product')
  await post(crowd, { kind: 'product', name, path: '/api/v1/products', body: { id: name, name }, status: 201 })
}

/** Draft, upload, attach, publish; what is in doubt is looked at, and done again only if it was not done. */
async function ship(crowd: Crowd) {
  const version = `1.0.${fresh('v').slice(2)}`
  const draft = await post(crowd, {
    kind: 'release',
    name: version,
    path: '/api/v1/releases',
    body: { productId: PRODUCT, version },
    status: 201,
  })
  if (draft.state === 'unknown') return
  const path = `/api/v1/releases/${draft.id}`
  const bytes = randomBytes(2 * PIECE)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const uploadId = await upload(crowd, bytes)
  const artifact = { uploadId, platform: 'any', arch: 'any', name: `till-${version}.bin`, sha256 }
  const view = async () => {
    const { body } = await insist(crowd.server.url, { method: 'GET', path, headers: crowd.headers })
    return body as { state: string; artifacts: object[] }
  }
  for (;;) {
    const added = await post(crowd, { kind: 'artifact', name: sha256, path: `${path}/artifacts`, body: artifact, status: 201 })
    // An upload that was acknowledged serves until the artifact stands.
    if (added.state === 'done' || (await view()).artifacts.length > 0) break
  }
  for (;;) {
    const published = await post(crowd, { kind: 'publication', name: version, path: `${path}/publish`, body: {}, status: 200 })
    if (published.state === 'done' || (await view()).state === 'published') return
  }
}

/** By tus, in two pieces; after a crash it goes on where the server stands. */
async function upload({ server, headers }: Crowd, bytes: Buffer) {
  const tus = { ...headers, 'tus-resumable': '1.0.0' }
  const created = await insist(server.url, {
    path: '/api/v1/uploads',
    headers: { ...tus, 'upload-length': String(bytes.length) },
  })
  const path = new URL(created.headers.get('location') ?? '', server.url).pathname
  let acknowledged = 0
  while (acknowledged < bytes.length) {
    const piece = new Uint8Array(bytes.subarray(acknowledged, acknowledged + PIECE))
    const sent = await insist(server.url, {
      method: 'PATCH',
      path,
      headers: { ...tus, 'upload-offset': String(acknowledged), 'content-type': 'application/offset+octet-stream' },
      body: piece,
    })
    const stands = sent.status === 204 ? sent : await insist(server.url, { method: 'HEAD', path, headers: tus })
    const offset = Number(stands.headers.get('upload-offset'))
    if (!(offset >= acknowledged))
      throw new Error(`The upload ${path} lost bytes: ${acknowledged} were acknowledged, ${offset} are there (${stands.status}).`)
    acknowledged = offset
  }
  return path.split('/').at(-1) ?? ''
}

/** A customer asks, support answers, which sends a mail. */
async function talk(crowd: Crowd) {
  const title = fresh('inquiry')
  const opened = await post(
    { ...crowd, headers: crowd.memberHeaders },
    {
      kind: 'inquiry',
      name: title,
      path: '/api/v1/inquiries',
      body: { kind: 'question', title, text: 'What now?' },
      status: 201,
    },
  )
  if (opened.state === 'unknown') return
  const text = fresh('message')
  await post(crowd, { kind: 'message', name: text, path: `/api/v1/inquiries/${opened.id}/messages`, body: { text }, status: 201 })
}

async function connect({ server, headers, ledger, organisationId }: Crowd) {
  const name = fresh('till')
  const body = { organisationId, productId: PRODUCT, channel: 'stable', name }
  // Its answer holds a secret, so it is never repeated: a lost one costs an enrolment that nobody uses.
  const { status, body: answer } = await insist(server.url, { path: '/api/v1/enrolments', headers, body })
  if (status !== 201) throw new Error(JSON.stringify(answer))
  const { installationId } = await enrol(server.url, String(answer.token))
  ledger.note({ kind: 'installation', name, state: 'done', id: installationId, tries: 1 })
}

async function tell({ ledger }: Crowd, agent: SpokenAgent) {
  const reason = fresh('reason')
  Object.assign(agent.runs, { version: `1.0.${made}`, health: made % 2 ? 'healthy' : 'unhealthy' })
  await agent.checkIn()
  const { reportId, tries } = await agent.report({ releaseId: 're_0000000000000000', kind: 'failed', reason })
  ledger.note({ kind: 'report', name: reason, state: 'done', id: reportId, tries })
}
