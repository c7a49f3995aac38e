// Opens the way to the server: time limits, patience with the network, one key for each write, and no redirects.
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type Client, createClient } from '@fairway/client'
import { EXIT } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { unreachable } from './unreachable.ts'
import type { SignIn } from './settings-file.ts'

const TRIES = 3
const BUSY = new Set([502, 503, 504])
const READ_MS = 30_000
/** The server reads every byte of a file before it answers. */
const WRITE_MS = 600_000

export interface Patience {
  /** Before the second try; doubled before each later one. */
  backoffMs?: number
  timeoutMs?: number
}

export function connect(signIn: SignIn, patience: Patience = {}): Client {
  const client = createClient(signIn)
  const invocation = randomUUID()
  let step = 0
  client.use({
    onRequest: ({ request }) => {
      if (request.method !== 'GET') request.headers.set('idempotency-key', `${invocation}-${++step}`)
      return send(signIn.server, request, patience)
    },
  })
  return client
}

/** Only reads are repeated: of a write that broke off we cannot know whether it was done. */
async function send(server: string, request: Request, patience: Patience): Promise<Response> {
  const tries = request.method === 'GET' ? TRIES : 1
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await sendOnce(server, request, patience)
      if (attempt === tries || !BUSY.has(response.status)) return response
    } catch (error) {
      if (!(error instanceof Failure) || error.exitCode !== EXIT.unreachable || attempt === tries) throw error
    }
    await delay((patience.backoffMs ?? 500) * 2 ** (attempt - 1))
  }
}

/** Read whole here, so that an answer that breaks off is an unreachable server too. */
async function sendOnce(server: string, request: Request, { timeoutMs }: Patience) {
  const limitMs = timeoutMs ?? (request.method === 'GET' ? READ_MS : WRITE_MS)
  const [response, text] = await readWhole(request, limitMs).catch((error: unknown) => {
    throw unreachable(server, error)
  })
  const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '')
  if (isJson || response.status === 204)
    return new Response(isJson ? text : null, { status: response.status, headers: response.headers })
  throw notFairway(server, response)
}

async function readWhole(request: Request, limitMs: number): Promise<[Response, string]> {
  // Not followed: the token is for this server alone.
  const response = await fetch(request, { redirect: 'manual', signal: AbortSignal.timeout(limitMs) })
  return [response, await response.text()]
}

function notFairway(server: string, { status, headers }: Response) {
  const location = headers.get('location')
  return new Failure({
    exitCode: EXIT.unreachable,
    code: 'server.not_fairway',
    detail: location ? `${server} sends us on to ${location}.` : `${server} answered ${status}, and not as Fairway does.`,
    advice: location
      ? 'Sign in at that address: fairway login SERVER.'
      : 'Check the address, and what stands between you and it.',
  })
}
