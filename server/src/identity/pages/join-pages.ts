// The pages on which somebody comes in for the first time: by an invitation, or as the first administrator.
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { Refusal } from '#platform/errors'
import type { Http } from '#platform/http'
import { Email, Fields, Text } from '#platform/schemas'
import { completeSetup, refuseUnlessSetupLink } from '../first-start/prepare-first-start.ts'
import { acceptInvitation, getOpenInvitation } from '../invitations/accept-invitation.ts'
import { findOrganisationRecord } from '../organisations/organisation-store.ts'
import { PASSWORD } from '../people/password.ts'
import { errorBox, html, input } from './html.ts'
import { type PageDeps, sendPage } from './page-deps.ts'

const LinkPath = Type.Object({ token: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', maxLength: 43 }) })
const Name = Text(120)
const Password = Text(1000, { minLength: 0 })

export function invitePages(http: Http, deps: PageDeps) {
  const { db, clock } = deps
  http.get('/invite/:token', { schema: { hide: true, params: LinkPath } }, ({ params }, reply) =>
    sendInvite(deps, reply, { token: params.token }),
  )

  http.post(
    '/invite/:token',
    { schema: { hide: true, params: LinkPath, body: Fields({ name: Name, password: Password }) } },
    async ({ params, body }, reply) => {
      const { name, password } = body
      // Left empty: mailed links are enough for this person.
      const outcome = await orPasswordProblem(() =>
        acceptInvitation({ db, clock }, { token: params.token, name, password: password || undefined }),
      )
      return outcome ? sendInvite(deps, reply, { token: params.token, name, error: outcome }) : sendWelcome(deps, reply)
    },
  )
}

export function setupPages(http: Http, deps: PageDeps) {
  const { db } = deps
  http.get('/setup/:token', { schema: { hide: true, params: LinkPath } }, async ({ params }, reply) => {
    await refuseUnlessSetupLink(db, params.token)
    return sendSetup(deps, reply, { token: params.token })
  })

  http.post(
    '/setup/:token',
    { schema: { hide: true, params: LinkPath, body: Fields({ name: Name, email: Email, password: Password }) } },
    async ({ params, body }, reply) => {
      const { token } = params
      const { name, email } = body
      const outcome = await orPasswordProblem(() => completeSetup(deps, { token, ...body }))
      return outcome ? sendSetup(deps, reply, { token, name, email, error: outcome }) : sendWelcome(deps, reply)
    },
  )
}

interface Shown {
  token: string
  name?: string
  email?: string
  error?: string
}

/** A password that is too short is said beside its field; every other refusal is a page of its own. */
async function orPasswordProblem(work: () => Promise<unknown>) {
  try {
    await work()
    return undefined
  } catch (error) {
    if (error instanceof Refusal && error.code.startsWith('password.')) return error.message
    throw error
  }
}

async function sendInvite({ db, clock, words }: PageDeps, reply: FastifyReply, { token, name, error }: Shown) {
  const { email, place } = await getOpenInvitation(db, token, clock.now())
  const organisation = 'roles' in place ? undefined : await findOrganisationRecord(db, place.organisationId)
  const language = organisation?.language
  const say = (key: string, values: Record<string, string> = {}) => words.say(`identity:${key}`, values, language)
  const content = html`${errorBox(error)}
    <p>${say('page_invite_text', { email, where: organisation?.name ?? say('staff_place') })}</p>
    <form method="post" action="/invite/${token}">
      ${input({ name: 'name', label: say('page_name'), autocomplete: 'name', value: name })}
      ${input({ name: 'password', label: say('page_new_password'), type: 'password', autocomplete: 'new-password', minLength: PASSWORD.min, isOptional: true })}
      <p class="hint">${say('page_optional_password_hint', { min: String(PASSWORD.min) })}</p>
      <button>${say('page_join')}</button>
    </form>`
  return sendPage(reply, { title: say('page_invite'), content, language, status: error ? 422 : 200 })
}

function sendSetup({ words }: PageDeps, reply: FastifyReply, { token, name, email, error }: Shown) {
  const say = (key: string, values: Record<string, string> = {}) => words.say(`identity:${key}`, values)
  const content = html`${errorBox(error)}
    <p>${say('page_setup_text')}</p>
    <form method="post" action="/setup/${token}">
      ${input({ name: 'name', label: say('page_name'), autocomplete: 'name', value: name })}
      ${input({ name: 'email', label: say('page_email'), type: 'email', autocomplete: 'username', value: email })}
      ${input({ name: 'password', label: say('page_new_password'), type: 'password', autocomplete: 'new-password', minLength: PASSWORD.min })}
      <p class="hint">${say('page_password_hint', { min: String(PASSWORD.min) })}</p>
      <button>${say('page_setup_button')}</button>
    </form>`
  return sendPage(reply, { title: say('page_setup'), content, status: error ? 422 : 200 })
}

function sendWelcome({ words }: PageDeps, reply: FastifyReply) {
  const say = (key: string) => words.say(`identity:${key}`)
  return sendPage(reply, {
    title: say('page_welcome'),
    content: html`<p>${say('page_welcome_text')}</p>
      <p><a href="/sign-in">${say('page_sign_in')}</a></p>`,
  })
}
