// What the pages need, and how each of them answers.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { IdentityDeps } from '../deps.ts'
import type { Auth } from '../sign-in/auth.ts'
import { askAuth, type AuthQuestion, passCookies } from '../sign-in/auth-request.ts'
import { findVendorName } from '../vendor/vendor-store.ts'
import { page, type Html } from './html.ts'

export interface PageDeps extends IdentityDeps {
  auth: Auth
}

/** The words of a page; whose Fairway this is stands ready as `vendor`. */
export type Say = (key: string, values?: Record<string, string>) => string

interface PageAnswer {
  write: (say: Say) => { title: string; lead?: string; content: Html }
  language?: string | undefined
  status?: number
}

// Ours, and beside us: read once.
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', '..', 'package.json'), 'utf8')) as {
  version: string
}

export async function sendPage({ db, words, publicUrl }: PageDeps, reply: FastifyReply, answer: PageAnswer) {
  const { write, language = 'en', status = 200 } = answer
  const vendor = await findVendorName(db)
  const say: Say = (key, values) => words.say(`identity:page_${key}`, { vendor, ...values }, language)
  const foot = say('foot', { version, host: new URL(publicUrl).host })
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(page({ ...write(say), vendor, language, foot }))
}

/** The way of every form that was done: the browser asks for the next page by GET. */
export function goTo(reply: FastifyReply, path: string) {
  return reply.redirect(path, 303)
}

/** Only a path of ours: `//host` and `/\host` would lead away. */
export function safeNext(next: string | undefined) {
  return next !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : '/'
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

/** What was typed, as far as it is text: for forms that are shown again. Routes with `attachValidation` only. */
export function typedIn({ body }: { body: unknown }): Record<string, string | undefined> {
  const fields = typeof body === 'object' && body !== null ? Object.entries(body) : []
  return Object.fromEntries(fields.filter((one): one is [string, string] => typeof one[1] === 'string'))
}

/** Names of the fields that are not as they should be; empty where all are, or where it is not about fields. */
export function wrongFields({ validationError }: Pick<FastifyRequest, 'validationError'>) {
  const found: { instancePath: string }[] = validationError?.validation ?? []
  return found.map(({ instancePath }) => instancePath.slice(1))
}
