// What the pages need, and how each of them answers.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { IdentityDeps } from '../deps.ts'
import type { Auth } from '../sign-in/auth.ts'
import { askAuth, type AuthQuestion, passCookies } from '../sign-in/auth-request.ts'
import { page, type Html } from './html.ts'

export interface PageDeps extends IdentityDeps {
  auth: Auth
}

interface PageAnswer {
  title: string
  content: Html
  language?: string | undefined
  status?: number
}

export function sendPage(reply: FastifyReply, { title, content, language = 'en', status = 200 }: PageAnswer) {
  return reply.code(status).type('text/html; charset=utf-8').send(page({ title, content, language }))
}

/** The way of every form that was done: the browser asks for the next page by GET. */
export function goTo(reply: FastifyReply, path: string) {
  return reply.redirect(path, 303)
}

/** Only a path of ours: `//host` and `/\host` would lead away. */
export function safeNext(next: string | undefined) {
  return next !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : '/sign-in'
}

export type AuthOutcome = 'signed in' | 'code needed' | 'refused' | 'too many'

/** Asks better-auth as the form would have, and passes its cookies to the browser. */
export async function tryAuth(
  { auth, publicUrl }: PageDeps,
  { request, reply, question }: { request: FastifyRequest; reply: FastifyReply; question: AuthQuestion },
): Promise<AuthOutcome> {
  const answer = await askAuth(auth, publicUrl, { request, question })
  passCookies(answer, reply)
  if (answer.status === 429) return 'too many'
  if (answer.status >= 500) throw new Error(`better-auth answered ${answer.status}`)
  if (answer.status !== 200) return 'refused'
  const { twoFactorRedirect } = (await answer.json()) as { twoFactorRedirect?: boolean }
  return twoFactorRedirect ? 'code needed' : 'signed in'
}
