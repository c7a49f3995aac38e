// The page that a mailed link opens: only its button uses the link, since mail scanners open links too.
import { Type } from 'typebox'
import type { Http } from '#platform/http'
import { Fields } from '#platform/schemas'
import { html } from './html.ts'
import { goTo, type PageDeps, sendPage, tryAuth } from './page-deps.ts'

const LinkPath = Type.Object({ token: Type.String({ pattern: '^[A-Za-z]{10,64}$', maxLength: 64 }) })

export function linkPages(http: Http, deps: PageDeps) {
  const say = (key: string) => deps.words.say(`identity:${key}`)

  http.get('/sign-in/link/:token', { schema: { hide: true, params: LinkPath } }, ({ params }, reply) =>
    sendPage(reply, {
      title: say('page_sign_in'),
      content: html`<p>${say('page_link_text')}</p>
        <form method="post" action="/sign-in/link/${params.token}"><button>${say('page_sign_in')}</button></form>`,
    }),
  )

  http.post('/sign-in/link/:token', { schema: { hide: true, params: LinkPath, body: Fields({}) } }, async (request, reply) => {
    const outcome = await tryAuth(deps, {
      request,
      reply,
      question: { method: 'GET', path: `/magic-link/verify?token=${request.params.token}` },
    })
    if (outcome === 'signed in') return goTo(reply, '/sign-in')
    if (outcome === 'code needed') return goTo(reply, '/sign-in/code')
    const tooMany = outcome === 'too many'
    return sendPage(reply, {
      title: say('page_link_void'),
      status: tooMany ? 429 : 401,
      content: html`<p role="alert" class="error">${say(tooMany ? 'page_too_many' : 'page_link_void_text')}</p>
        <p><a href="/sign-in">${say('page_start_again')}</a></p>`,
    })
  })
}
