// The page on which the first administrator comes in, by the link that Fairway printed when it started.
import type { FastifyReply } from 'fastify'
import { Refusal } from '#platform/errors'
import type { Http } from '#platform/http'
import { Email, Fields } from '#platform/schemas'
import { completeSetup, refuseUnlessSetupLink } from '../first-start/prepare-first-start.ts'
import { PASSWORD } from '../people/password.ts'
import { html } from './html.ts'
import { LinkPath, Name, orPasswordProblem, Password } from './invite-page.ts'
import { type PageDeps, sendPage, typedIn, wrongFields } from './page-deps.ts'
import { field, submit } from './parts.ts'
import { sendVoid, sendWelcome } from './welcome-page.ts'

/** The screen that shows what is left to set up. */
const FIRST_RUN = '/console/start'

export function setupPages(http: Http, deps: PageDeps) {
  const opened = { hide: true, params: LinkPath }
  http.get('/setup/:token', { schema: opened, attachValidation: true }, ({ params: { token }, validationError }, reply) =>
    validationError ? sendCut(deps, reply) : orVoid(deps, reply, { token, work: () => sendForm(deps, reply, { token }) }),
  )

  const filled = { ...opened, body: Fields({ name: Name, email: Email, password: Password }) }
  http.post('/setup/:token', { schema: filled, attachValidation: true }, (request, reply) => {
    const { token } = request.params
    if (request.validationError?.validationContext === 'params') return sendCut(deps, reply)
    const { name, email } = typedIn(request)
    const wrong = wrongFields(request)
    const again = (more: Partial<Shown>) => sendForm(deps, reply, { token, name, email, status: 422, ...more })
    return orVoid(deps, reply, {
      token,
      work: async () => {
        if (request.validationError) return again({ wrong })
        const refusal = await orPasswordProblem(() => completeSetup(deps, { token, ...request.body }))
        if (refusal) return again({ refusal })
        return sendWelcome(deps, reply, { text: (say) => say('setup_done'), hasPassword: true, next: FIRST_RUN })
      },
    })
  })
}

/** The link is asked first: who has a wrong one is told nothing of the form. */
async function orVoid(deps: PageDeps, reply: FastifyReply, { token, work }: { token: string; work: () => Promise<unknown> }) {
  try {
    await refuseUnlessSetupLink(deps.db, token)
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'setup.link_void') throw error
    return sendVoid(deps, reply, { of: 'setup', status: 404 })
  }
}

function sendCut(deps: PageDeps, reply: FastifyReply) {
  return sendVoid(deps, reply, { of: 'setup_cut', status: 404 })
}

interface Shown {
  token: string
  name?: string | undefined
  email?: string | undefined
  /** Fields that cannot be right. */
  wrong?: string[]
  /** Why the password is not taken. */
  refusal?: string
  status?: number
}

function sendForm(deps: PageDeps, reply: FastifyReply, { token, name, email, wrong = [], refusal, status = 200 }: Shown) {
  return sendPage(deps, reply, {
    status,
    write: (say) => {
      const whenWrong = (of: string) => (wrong.includes(of) ? say(`${of}_wrong`) : undefined)
      return {
        title: say('setup'),
        lead: say('setup_text'),
        content: html`<form method="post" action="/setup/${token}" novalidate>
          ${field({ name: 'name', label: say('name'), autocomplete: 'name', value: name, error: whenWrong('name') })}
          ${field({
            name: 'email',
            label: say('email'),
            type: 'email',
            autocomplete: 'username',
            value: email,
            error: whenWrong('email'),
          })}
          ${field({
            name: 'password',
            label: say('new_password'),
            type: 'password',
            autocomplete: 'new-password',
            minLength: PASSWORD.min,
            hint: refusal ? undefined : say('password_hint', { min: String(PASSWORD.min) }),
            capsLock: say('caps_lock'),
            error: refusal ?? whenWrong('password'),
          })}
          ${submit(say('setup_button'))}
        </form>`,
      }
    },
  })
}
