// Carries a request to better-auth and its answer back; what a stranger could smuggle in stays outside.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isForeignOrigin } from '../access/origin.ts'
import { type Auth, IP_HEADER } from './auth.ts'

export interface AuthQuestion {
  method: 'GET' | 'POST'
  /** Below /api/auth, with its query. */
  path: string
  /** JSON. */
  body?: string | undefined
}

/** Headers that better-auth reads; the address is ours to say, since guessing is limited by it (research: T6.6). */
const CARRIED = ['cookie', 'origin', 'user-agent', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest']

/** Through its router rather than its API, so that its limits hold. */
export function askAuth(
  auth: Auth,
  publicUrl: string,
  { request, question }: { request: FastifyRequest; question: AuthQuestion },
) {
  const { method, path, body } = question
  const headers = new Headers({ [IP_HEADER]: request.ip })
  for (const name of CARRIED) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  // Forms of our own pages may come with `Origin: null`, which better-auth does not know how to judge.
  if (!isForeignOrigin(request, publicUrl)) headers.set('origin', publicUrl)
  if (body !== undefined) headers.set('content-type', 'application/json')
  return auth.handler(new Request(`${publicUrl}/api/auth${path}`, { method, headers, ...(body === undefined ? {} : { body }) }))
}

export function passCookies(answer: Response, reply: FastifyReply) {
  const cookies = answer.headers.getSetCookie()
  if (cookies.length > 0) reply.header('set-cookie', cookies)
}
