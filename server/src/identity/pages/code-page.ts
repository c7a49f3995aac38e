// The page that asks for the second factor, after a password or a mailed link.
import type { FastifyReply } from 'fastify'
import type { Http } from '#platform/http'
import { Fields, Text } from '#platform/schemas'
import { html } from './html.ts'
import { goTo, type PageDeps, safeNext, sendPage, tryAuth, typedIn } from './page-deps.ts'
import { field, hidden, submit, wayBy } from './parts.ts'
import { Next, NextQuery } from './sign-in-page.ts'

export function codePages(http: Http, deps: PageDeps) {
  http.get('/sign-in/code', { schema: { hide: true, querystring: NextQuery }, attachValidation: true }, (request, reply) =>
    sendForm(deps, reply, { next: request.validationError ? undefined : request.query.next }),
  )

  const schema = { hide: true, body: Fields({ code: Text(40), next: Next }) }
  http.post('/sign-in/code', { schema, attachValidation: true }, async (request, reply) => {
    if (request.validationError)
      return sendForm(deps, reply, { next: typedIn(request)['next'], error: 'code_missing', status: 422 })
    const { code, next } = request.body
    const typed = code.replaceAll(' ', '')
    const path = /^\d{6}$/.test(typed) ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code'
    const question = { method: 'POST', path, body: JSON.stringify({ code: typed }) } as const
    const outcome = await tryAuth(deps, { request, reply, question })
    if (outcome === 'signed in') return goTo(reply, safeNext(next))
    const tooMany = outcome === 'too many'
    return sendForm(deps, reply, { next, error: tooMany ? 'too_many' : 'code_wrong', status: tooMany ? 429 : 401 })
  })
}

interface Shown {
  next: string | undefined
  error?: 'code_missing' | 'code_wrong' | 'too_many'
  status?: number
}

function sendForm(deps: PageDeps, reply: FastifyReply, { next, error, status = 200 }: Shown) {
  return sendPage(deps, reply, {
    status,
    write: (say) => ({
      title: say('second_step'),
      lead: say('second_step_lead'),
      content: html`<form method="post" action="/sign-in/code" novalidate>
          ${hidden('next', safeNext(next))}
          ${field({
            name: 'code',
            label: say('code'),
            autocomplete: 'one-time-code',
            hint: say('code_hint'),
            error: error && say(error),
          })}
          ${submit(say('sign_in'))}
        </form>
        ${wayBy(say('code_lost'), '/sign-in', say('start_again'))}`,
    }),
  })
}
