// One request to the server: time limit, size limit, problem documents; no redirects, so that a token never reaches another host.
import { ServerProblem, sentenceOf, systemCode } from './agent-error.ts'
import { parseJson, textField } from './json.ts'

const timeoutMs = 30_000
const maxAnswerBytes = 1024 * 1024
const maxRetryAfterMs = 3_600_000

export interface Question {
  method: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: unknown
  signal: AbortSignal
}

/** The parsed JSON of a 2xx answer; anything else is a ServerProblem. */
export async function askServer(url: URL, question: Question): Promise<unknown> {
  const signal = AbortSignal.any([question.signal, AbortSignal.timeout(timeoutMs)])
  const response = await openAnswer(url, { ...question, signal })
  const value = parseJson(await readLimited(response))
  if (value === undefined)
    throw new ServerProblem({
      status: response.status,
      code: 'answer.malformed',
      message: 'The server answered with something that is not JSON.',
    })
  return value
}

/** The answer with its body unread. The caller's signal is the only time limit of the body. */
export async function openAnswer(url: URL, { method, headers, body, signal }: Question): Promise<Response> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' }
  const init = { method, redirect: 'error' as const, signal, headers: { accept: 'application/json', ...json, ...headers } }
  const response = await reach(url, body === undefined ? init : { ...init, body: JSON.stringify(body) })
  if (!response.ok) throw await problemOf(response)
  return response
}

async function reach(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    throw unreachable(error)
  }
}

/** `fetch` hides the reason in `cause`; a person needs it. */
export function unreachable(error: unknown): ServerProblem {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  return new ServerProblem({
    status: 0,
    code: 'server.unreachable',
    message: `The server cannot be reached: ${systemCode(cause) || sentenceOf(cause)}`,
  })
}

async function problemOf(response: Response): Promise<ServerProblem> {
  const problem = parseJson(await readLimited(response))
  const code = textField(problem, 'code') ?? `http.${response.status}`
  const message = textField(problem, 'detail') ?? textField(problem, 'title') ?? `The server answered ${response.status}.`
  return new ServerProblem({ status: response.status, code, message, retryAfterMs: retryAfterMs(response.headers) })
}

async function readLimited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length
      if (size > maxAnswerBytes)
        throw new ServerProblem({
          status: response.status,
          code: 'answer.too_big',
          message: 'The server answered with more than 1 MiB.',
        })
      chunks.push(chunk)
    }
  } catch (error) {
    throw error instanceof ServerProblem ? error : unreachable(error)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** RFC 9110 §10.2.3: seconds, or a date, which is compared with the server's own clock since ours may be wrong. */
export function retryAfterMs(headers: Headers): number {
  const value = headers.get('retry-after') ?? ''
  // Only the form of a date (RFC 9110 §5.6.7): Date.parse would make one of almost anything.
  const date = /^[A-Z][a-z]{2}, /.test(value) ? Date.parse(value) - Date.parse(headers.get('date') ?? '') : Number.NaN
  const waitMs = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : date
  return Number.isFinite(waitMs) ? Math.min(Math.max(waitMs, 0), maxRetryAfterMs) : 0
}
