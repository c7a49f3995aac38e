// A client that never gives up: it waits while the server is away, and asks again in the same words.
import { setTimeout as pause } from 'node:timers/promises'

export interface Answer {
  status: number
  body: Record<string, unknown>
  headers: Headers
  /** How often it was sent. */
  tries: number
}

export interface Request {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: object | Uint8Array<ArrayBuffer>
}

const AGAIN_MS = 20
const PATIENCE_MS = 60_000

/** Throws where the line breaks. */
export async function ask(url: string, { method = 'POST', path, headers = {}, body }: Request): Promise<Omit<Answer, 'tries'>> {
  const isBytes = body instanceof Uint8Array
  const response = await fetch(new URL(path, url), {
    method,
    headers: { ...(body && !isBytes ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(body ? { body: isBytes ? body : JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') && text !== ''
  return { status: response.status, body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {}, headers: response.headers }
}

/** One try; undefined where nobody knows whether it was done. */
export async function tryOnce(url: string, request: Request) {
  const answer = await ask(url, request).catch(() => undefined)
  return answer && answer.status < 500 ? answer : undefined
}

/** The first answer that says what became of it. */
export async function insist(url: string, request: Request): Promise<Answer> {
  const end = performance.now() + PATIENCE_MS
  for (let tries = 1; ; tries += 1) {
    const answer = await tryOnce(url, request)
    if (answer && answer.body.code !== 'idempotency.in_progress') return { ...answer, tries }
    if (performance.now() > end)
      throw new Error(`Nobody answered ${request.method ?? 'POST'} ${request.path} for ${PATIENCE_MS / 1000} s.`)
    await pause(AGAIN_MS)
  }
}
