// Signing in by mail: the page that asks for a link, and the page that the link opens, whose button alone uses it (mail scanners open links too).
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { Http } from '#platform/http'
import { Email, Fields } from '#platform/schemas'
import { html } from './html.ts'
import { goTo, type PageDeps, safeNext, sendPage, tryAuth, typedIn } from './page-deps.ts'
import { field, submit, wayBy, wayOn } from './parts.ts'

const LinkPath = Type.Object({ token: Type.String({ pattern: '^[A-Za-z]{10,64}$', maxLength: 64 }) })

export function linkPages(http: Http, deps: PageDeps) {
  http.get('/sign-in/link', { schema: { hide: true } }, (_request, reply) => sendAsk(deps, reply, {}))

  const asked = { hide: true, body: Fields({ email: Email }) }
  http.post('/sign-in/link', { schema: asked, attachValidation: true }, async (request, reply) => {
    if (request.validationError)
      return sendAsk(deps, reply, { email: typedIn(request)['email'], error: 'email_wrong', status: 422 })
    const { email } = request.body
    const question = { method: 'POST', path: '/sign-in/magic-link', body: JSON.stringify({ email }) } as const
    const outcome = await tryAuth(deps, { request, reply, question })
    return outcome === 'too many' ? sendAsk(deps, reply, { email, error: 'too_many', status: 429 }) : sendSent(deps, reply, email)
  })

  const opened = { hide: true, params: LinkPath }
  http.get('/sign-in/link/:token', { schema: opened, attachValidation: true }, ({ params, validationError }, reply) =>
    validationError ? sendVoid(deps, reply) : sendButton(deps, reply, params.token),
  )

  const pressed = { ...opened, body: Fields({}) }
  http.post('/sign-in/link/:token', { schema: pressed, attachValidation: true }, async (request, reply) => {
    if (request.validationError) return sendVoid(deps, reply)
    const question = { method: 'GET', path: `/magic-link/verify?token=${request.params.token}` } as const
    const outcome = await tryAuth(deps, { request, reply, question })
    if (outcome === 'signed in') return goTo(reply, safeNext(undefined))
    if (outcome === 'code needed') return goTo(reply, '/sign-in/code')
    return sendVoid(deps, reply, outcome === 'too many')
  })
}

interface Asked {
  email?: string | undefined
  error?: 'email_wrong' | 'too_many'
  status?: number
}

function sendAsk(deps: PageDeps, reply: FastifyReply, { email, error, status = 200 }: Asked) {
  return sendPage(deps, reply, {
    status,
    write: (say) => ({
      title: say('by_link'),
      lead: say('by_link_lead'),
      content: html`<form method="post" action="/sign-in/link" data-link-form novalidate>
          ${field({
            name: 'email',
            label: say('email'),
            type: 'email',
            autocomplete: 'username',
            value: email,
            error: error && say(error),
          })}
          ${submit(say('mail_the_link'))}
        </form>
        ${wayBy(say('know_password'), '/sign-in', say('by_password'))}`,
    }),
  })
}

/** The same whether or not somebody has this address. */
function sendSent(deps: PageDeps, reply: FastifyReply, email: string) {
  return sendPage(deps, reply, {
    write: (say) => ({
      title: say('link_sent'),
      lead: say('link_sent_text', { email }),
      content: html`${wayBy(say('link_not_there'), '/sign-in/link', say('ask_again'))}`,
    }),
  })
}

function sendButton(deps: PageDeps, reply: FastifyReply, token: string) {
  return sendPage(deps, reply, {
    write: (say) => ({
      title: say('sign_in_to'),
      lead: say('link_text'),
      content: html`<form method="post" action="/sign-in/link/${token}">${submit(say('sign_in'))}</form>`,
    }),
  })
}

function sendVoid(deps: PageDeps, reply: FastifyReply, isTooOften = false) {
  return sendPage(deps, reply, {
    status: isTooOften ? 429 : 401,
    write: (say) => ({
      title: say(isTooOften ? 'too_often' : 'link_void'),
      lead: say(isTooOften ? 'too_many' : 'link_void_text'),
      content: html`${wayOn('/sign-in/link', say('ask_for_link'))} ${wayBy(say('know_password'), '/sign-in', say('by_password'))}`,
    }),
  })
}
