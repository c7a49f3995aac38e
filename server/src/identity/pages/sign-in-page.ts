// The page of signing in: by password, by passkey, or by asking for a link; and the page that asks for the second factor.
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { Http } from '#platform/http'
import { Email, Fields, Text } from '#platform/schemas'
import { credentialOfSession } from '../access/credential.ts'
import { errorBox, html, input } from './html.ts'
import { goTo, type PageDeps, safeNext, sendPage, tryAuth } from './page-deps.ts'

const Next = Type.Optional(Text(300, { minLength: 0 }))
const NextQuery = Type.Object({ next: Next })
const hide = true
interface Shown {
  next: string | undefined
  email?: string | undefined
  error?: string | undefined
  status?: number
}

export function signInPages(http: Http, deps: PageDeps) {
  http.get('/sign-in', { schema: { hide, querystring: NextQuery } }, async (request, reply) => {
    const credential = request.headers.cookie ? await credentialOfSession(deps, request.headers.cookie) : undefined
    return credential ? sendSignedIn(deps, reply, credential.actor.name) : sendForm(deps, reply, { next: request.query.next })
  })

  http.post(
    '/sign-in',
    { schema: { hide, body: Fields({ email: Email, password: Text(1000), next: Next }) } },
    async (request, reply) => {
      const { email, password, next } = request.body
      const body = JSON.stringify({ email, password })
      const outcome = await tryAuth(deps, { request, reply, question: { method: 'POST', path: '/sign-in/email', body } })
      if (outcome === 'signed in') return goTo(reply, safeNext(next))
      if (outcome === 'code needed') return goTo(reply, `/sign-in/code?next=${encodeURIComponent(safeNext(next))}`)
      const problem =
        outcome === 'too many' ? { status: 429, error: 'page_too_many' } : { status: 401, error: 'page_sign_in_wrong' }
      return sendForm(deps, reply, { next, email, ...problem })
    },
  )

  http.post('/sign-in/link', { schema: { hide, body: Fields({ email: Email }) } }, async (request, reply) => {
    const { email } = request.body
    const outcome = await tryAuth(deps, {
      request,
      reply,
      question: { method: 'POST', path: '/sign-in/magic-link', body: JSON.stringify({ email }) },
    })
    if (outcome === 'too many') return sendForm(deps, reply, { next: undefined, email, status: 429, error: 'page_too_many' })
    // The same whether or not somebody has this address.
    return sendPage(reply, {
      title: say(deps, 'page_link_sent'),
      content: html`<p>${say(deps, 'page_link_sent_text', { email })}</p>`,
    })
  })

  http.post('/sign-out', { schema: { hide, body: Fields({}) } }, async (request, reply) => {
    await tryAuth(deps, { request, reply, question: { method: 'POST', path: '/sign-out', body: '{}' } })
    return goTo(reply, '/sign-in')
  })
}

export function codePages(http: Http, deps: PageDeps) {
  http.get('/sign-in/code', { schema: { hide, querystring: NextQuery } }, ({ query }, reply) =>
    sendCodeForm(deps, reply, { next: query.next }),
  )

  http.post('/sign-in/code', { schema: { hide, body: Fields({ code: Text(40), next: Next }) } }, async (request, reply) => {
    const { code, next } = request.body
    const typed = code.replaceAll(' ', '')
    const path = /^\d{6}$/.test(typed) ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code'
    const outcome = await tryAuth(deps, {
      request,
      reply,
      question: { method: 'POST', path, body: JSON.stringify({ code: typed }) },
    })
    if (outcome === 'signed in') return goTo(reply, safeNext(next))
    return sendCodeForm(deps, reply, {
      next,
      ...(outcome === 'too many' ? { status: 429, error: 'page_too_many' } : { status: 401, error: 'page_code_wrong' }),
    })
  })
}

function say({ words }: PageDeps, key: string, values: Record<string, string> = {}) {
  return words.say(`identity:${key}`, values)
}

function sendForm(deps: PageDeps, reply: FastifyReply, { next, email, error, status = 200 }: Shown) {
  const word = (key: string) => say(deps, key)
  const content = html`${errorBox(error && word(error))}
    <form method="post" action="/sign-in">
      <input type="hidden" name="next" value="${safeNext(next)}" />
      ${input({ name: 'email', label: word('page_email'), type: 'email', autocomplete: 'username webauthn', value: email })}
      ${input({ name: 'password', label: word('page_password'), type: 'password', autocomplete: 'current-password' })}
      <button>${word('page_sign_in')}</button>
    </form>
    <p role="alert" class="error" data-passkey-error hidden></p>
    <button type="button" data-passkey data-next="${safeNext(next)}" data-failed="${word('page_passkey_failed')}" hidden>
      ${word('page_passkey')}
    </button>
    <h2>${word('page_no_password')}</h2>
    <form method="post" action="/sign-in/link">
      <label for="link-email">${word('page_email')}</label>
      <input id="link-email" name="email" type="email" autocomplete="username" maxlength="254" value="${email}" required />
      <button>${word('page_mail_me')}</button>
    </form>`
  return sendPage(reply, { title: word('page_sign_in'), content, status })
}

function sendCodeForm(deps: PageDeps, reply: FastifyReply, { next, error, status = 200 }: Shown) {
  const word = (key: string) => say(deps, key)
  const content = html`${errorBox(error && word(error))}
    <form method="post" action="/sign-in/code">
      <input type="hidden" name="next" value="${safeNext(next)}" />
      ${input({ name: 'code', label: word('page_code'), autocomplete: 'one-time-code' })}
      <p class="hint">${word('page_code_hint')}</p>
      <button>${word('page_sign_in')}</button>
    </form>
    <p><a href="/sign-in">${word('page_start_again')}</a></p>`
  return sendPage(reply, { title: word('page_second_step'), content, status })
}

function sendSignedIn(deps: PageDeps, reply: FastifyReply, name: string) {
  const content = html`<p>${say(deps, 'page_signed_in_as', { name })}</p>
    <form method="post" action="/sign-out"><button>${say(deps, 'page_sign_out')}</button></form>`
  return sendPage(reply, { title: say(deps, 'page_signed_in'), content })
}
