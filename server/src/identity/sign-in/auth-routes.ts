// The doors of better-auth below /api/auth: the few that we use, its errors as problem documents.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal, type RefusalKind } from '#platform/errors'
import type { Http } from '#platform/http'
import { isForeignOrigin } from '../access/origin.ts'
import type { Auth } from './auth.ts'
import { readAuthBody, refuseDirtyUrl } from './auth-body.ts'
import { askAuth, passCookies } from './auth-request.ts'

/** Everything else of better-auth does not exist: no sign-up, no change of address, and mailed links are used by our page alone. */
export const REACHABLE = {
  GET: [
    '/get-session',
    '/list-sessions',
    '/passkey/generate-register-options',
    '/passkey/generate-authenticate-options',
    '/passkey/list-user-passkeys',
  ],
  POST: [
    '/sign-in/email',
    '/sign-in/magic-link',
    '/sign-out',
    '/revoke-session',
    '/revoke-sessions',
    '/revoke-other-sessions',
    '/change-password',
    '/passkey/verify-registration',
    '/passkey/verify-authentication',
    '/passkey/delete-passkey',
    '/passkey/update-passkey',
    '/two-factor/enable',
    '/two-factor/disable',
    '/two-factor/get-totp-uri',
    '/two-factor/verify-totp',
    '/two-factor/verify-backup-code',
    '/two-factor/generate-backup-codes',
  ],
} as const

const BODY_LIMIT = 65_536
const KINDS: Record<number, RefusalKind> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'too_large',
  429: 'too_many',
}

export async function authRoutes(http: Http, { auth, publicUrl }: { auth: Auth; publicUrl: string }) {
  await http.register(async (scope) => {
    // better-auth parses for itself (research: S3); we look first.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, body, done) => done(null, body))

    const answerWith = (method: 'GET' | 'POST', path: string) => async (request: FastifyRequest, reply: FastifyReply) => {
      refuseDirtyUrl(request.url)
      if (request.headers.origin !== undefined && isForeignOrigin(request, publicUrl))
        throw new Refusal('forbidden', 'session.foreign_origin', `A browser may do this from ${publicUrl} only.`)
      const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : ''
      // Its router wants a body with every POST.
      const body = method === 'POST' ? (readAuthBody(request.body) ?? '{}') : undefined
      return pass(await askAuth(auth, publicUrl, { request, question: { method, path: path + query, body } }), reply)
    }
    for (const method of ['GET', 'POST'] as const)
      for (const path of REACHABLE[method])
        scope.route({ method, url: `/api/auth${path}`, schema: { hide: true }, handler: answerWith(method, path) })
  })
}

async function pass(answer: Response, reply: FastifyReply) {
  passCookies(answer, reply)
  const text = await answer.text()
  if (answer.status >= 400) throw toRefusal(answer, text, reply)
  return reply
    .code(answer.status)
    .type('application/json')
    .send(text === '' ? 'null' : text)
}

function toRefusal({ status, headers }: Response, text: string, reply: FastifyReply) {
  if (status >= 500) return new Error(`better-auth answered ${status}`)
  const retryAfter = headers.get('x-retry-after')
  if (retryAfter) reply.header('retry-after', retryAfter)
  const { code, message } = readError(text)
  if (status === 429 && !code)
    return new Refusal('too_many', 'request.too_many', `That was too often. Wait ${retryAfter ?? '60'} s.`)
  return new Refusal(KINDS[status] ?? 'invalid', `sign_in.${(code ?? 'refused').toLowerCase()}`, message ?? 'This was refused.')
}

function readError(text: string): { code?: string; message?: string } {
  try {
    const { code, message } = JSON.parse(text) as { code?: unknown; message?: unknown }
    return { ...(typeof code === 'string' ? { code } : {}), ...(typeof message === 'string' ? { message } : {}) }
  } catch {
    return {}
  }
}
