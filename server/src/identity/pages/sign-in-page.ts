// The page of signing in: passkey first, then e-mail and password, with the mailed link beside it; and signing out.
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { Http } from '#platform/http'
import { Email, Fields, Text } from '#platform/schemas'
import { credentialOfSession } from '../access/credential.ts'
import { html } from './html.ts'
import { goTo, type PageDeps, safeNext, type Say, sendPage, tryAuth, typedIn, wrongFields } from './page-deps.ts'
import { field, FINGERPRINT, hidden, submit, wayBy, wayOn } from './parts.ts'

export const Next = Type.Optional(Text(300, { minLength: 0 }))
export const NextQuery = Type.Object({ next: Next })
const SignIn = Fields({ email: Email, password: Text(1000), next: Next })

export function signInPages(http: Http, deps: PageDeps) {
  http.get('/sign-in', { schema: { hide: true, querystring: NextQuery }, attachValidation: true }, async (request, reply) => {
    const next = request.validationError ? undefined : request.query.next
    const credential = request.headers.cookie ? await credentialOfSession(deps, request.headers.cookie) : undefined
    return credential ? sendSignedIn(deps, reply, { name: credential.actor.name, next }) : sendForm(deps, reply, { next })
  })

  http.post('/sign-in', { schema: { hide: true, body: SignIn }, attachValidation: true }, async (request, reply) => {
    if (request.validationError) return sendForm(deps, reply, { ...typedIn(request), wrong: wrongFields(request), status: 422 })
    const { email, password, next } = request.body
    const body = JSON.stringify({ email, password })
    const outcome = await tryAuth(deps, { request, reply, question: { method: 'POST', path: '/sign-in/email', body } })
    if (outcome === 'signed in') return goTo(reply, safeNext(next))
    if (outcome === 'code needed') return goTo(reply, `/sign-in/code?next=${encodeURIComponent(safeNext(next))}`)
    const tooMany = outcome === 'too many'
    return sendForm(deps, reply, { next, email, refused: tooMany ? 'too_many' : 'sign_in_wrong', status: tooMany ? 429 : 401 })
  })

  http.post('/sign-out', { schema: { hide: true, body: Fields({}) } }, async (request, reply) => {
    await tryAuth(deps, { request, reply, question: { method: 'POST', path: '/sign-out', body: '{}' } })
    return goTo(reply, '/sign-in')
  })
}

interface Shown {
  next?: string | undefined
  email?: string | undefined
  /** Fields that cannot be right. */
  wrong?: string[]
  /** Words of what the door said. */
  refused?: 'too_many' | 'sign_in_wrong'
  status?: number
}

function sendForm(deps: PageDeps, reply: FastifyReply, { next, email, wrong = [], refused, status = 200 }: Shown) {
  const to = safeNext(next)
  return sendPage(deps, reply, {
    status,
    write: (say) => ({
      title: say('sign_in_to'),
      lead: say('sign_in_lead'),
      content: html`${passkeyWay(say, to)}
        <form method="post" action="/sign-in" novalidate>
          ${hidden('next', to)}
          ${field({
            name: 'email',
            label: say('email'),
            type: 'email',
            autocomplete: 'username webauthn',
            value: email,
            error: wrong.includes('email') ? say('email_wrong') : undefined,
          })}
          ${field({
            name: 'password',
            label: say('password'),
            type: 'password',
            autocomplete: 'current-password',
            aside: html`<a href="/sign-in/link" data-mail-link>${say('mail_me')}</a>`,
            capsLock: say('caps_lock'),
            error: refused ? say(refused) : whyNotPassword(say, wrong),
          })}
          ${submit(say('sign_in'))}
        </form>
        ${wayBy(say('forgotten'), '/sign-in/link', say('forgotten_way'))}`,
    }),
  })
}

/** Of an address that is wrong the password is not spoken. */
function whyNotPassword(say: Say, wrong: string[]) {
  return wrong.includes('password') && !wrong.includes('email') ? say('password_missing') : undefined
}

/** Shown by the script, where the browser can. */
function passkeyWay(say: Say, to: string) {
  return html`<div class="stack" data-passkey data-next="${to}" data-failed="${say('passkey_failed')}" hidden>
    <button type="button" class="button">${FINGERPRINT}<span>${say('passkey')}</span></button>
    <p role="alert" class="error" hidden></p>
    <p class="or">${say('or')}</p>
  </div>`
}

function sendSignedIn(deps: PageDeps, reply: FastifyReply, { name, next }: { name: string; next: string | undefined }) {
  return sendPage(deps, reply, {
    write: (say) => ({
      title: say('signed_in'),
      lead: say('signed_in_as', { name }),
      content: html`<div class="stack">
        ${wayOn(safeNext(next), say('go_on'))}
        <form method="post" action="/sign-out"><button class="button">${say('sign_out')}</button></form>
      </div>`,
    }),
  })
}
