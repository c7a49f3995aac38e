// The page on which somebody joins by an invitation.
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { Refusal } from '#platform/errors'
import type { Http } from '#platform/http'
import { Fields, Text } from '#platform/schemas'
import { acceptInvitation, getOpenInvitation } from '../invitations/accept-invitation.ts'
import { findOrganisationRecord } from '../organisations/organisation-store.ts'
import { PASSWORD } from '../people/password.ts'
import { findVendorName } from '../vendor/vendor-store.ts'
import { html } from './html.ts'
import { type PageDeps, type Say, sendPage, typedIn, wrongFields } from './page-deps.ts'
import { field, submit, wayBy } from './parts.ts'
import { sendVoid, sendWelcome } from './welcome-page.ts'

export const LinkPath = Type.Object({ token: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', maxLength: 43 }) })
export const Name = Text(120)
export const Password = Text(1000, { minLength: 0 })

export function invitePages(http: Http, deps: PageDeps) {
  const { db, clock } = deps
  const opened = { hide: true, params: LinkPath }
  http.get('/invite/:token', { schema: opened, attachValidation: true }, ({ params: { token }, validationError }, reply) =>
    validationError ? sendCut(deps, reply) : orVoid(deps, reply, { token, work: () => sendForm(deps, reply, { token }) }),
  )

  const joined = { ...opened, body: Fields({ name: Name, password: Password }) }
  http.post('/invite/:token', { schema: joined, attachValidation: true }, async (request, reply) => {
    const { token } = request.params
    if (request.validationError?.validationContext === 'params') return sendCut(deps, reply)
    const { name, password } = typedIn(request)
    const wrong = wrongFields(request)
    const again = (more: Partial<Shown>) => sendForm(deps, reply, { token, name, ...more })
    return orVoid(deps, reply, {
      token,
      work: async () => {
        if (request.validationError) return again({ wrong, status: 422 })
        const place = await placeOf(deps, token)
        // Left empty: mailed links are enough for this person.
        const wish = { token, name: request.body.name, password: password || undefined }
        const refusal = await orPasswordProblem(() => acceptInvitation({ db, clock }, wish))
        if (refusal) return again({ refusal, status: 422 })
        const text = (say: Say) => say(password ? 'joined' : 'joined_by_link', place)
        return sendWelcome(deps, reply, { text, hasPassword: Boolean(password), language: place.language })
      },
    })
  })
}

/** A password that is too short is said beside its field; every other refusal is a page of its own. */
export async function orPasswordProblem(work: () => Promise<unknown>) {
  try {
    await work()
    return undefined
  } catch (error) {
    if (error instanceof Refusal && error.code.startsWith('password.')) return error.message
    throw error
  }
}

/** What to do instead, where the invitation opens nothing (any more). */
async function orVoid(deps: PageDeps, reply: FastifyReply, { token, work }: { token: string; work: () => Promise<unknown> }) {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.code === 'invitation.not_open') return sendVoid(deps, reply, { of: 'invite', status: 404 })
    if (error.code !== 'person.already_here') throw error
    return sendVoid(deps, reply, { of: 'invite_here', status: 409, values: await placeOf(deps, token) })
  }
}

/** Mail programs break long addresses: the commonest reason. */
function sendCut(deps: PageDeps, reply: FastifyReply) {
  return sendVoid(deps, reply, { of: 'invite_cut', status: 404 })
}

interface Shown {
  token: string
  name?: string | undefined
  /** Fields that cannot be right. */
  wrong?: string[]
  /** Why the password is not taken. */
  refusal?: string
  status?: number
}

async function sendForm(deps: PageDeps, reply: FastifyReply, { token, name, wrong = [], refusal, status = 200 }: Shown) {
  const place = await placeOf(deps, token)
  return sendPage(deps, reply, {
    status,
    language: place.language,
    write: (say) => ({
      title: say('invite', place),
      lead: say(place.text, place),
      content: html`<form method="post" action="/invite/${token}" novalidate>
          ${field({
            name: 'name',
            label: say('name'),
            autocomplete: 'name',
            value: name,
            error: wrong.includes('name') ? say('name_wrong') : undefined,
          })}
          ${field({
            name: 'password',
            label: say('new_password'),
            type: 'password',
            autocomplete: 'new-password',
            optional: say('optional'),
            minLength: PASSWORD.min,
            hint: refusal ? undefined : say('optional_password_hint', { min: String(PASSWORD.min) }),
            capsLock: say('caps_lock'),
            error: refusal ?? (wrong.includes('password') ? say('password_wrong') : undefined),
          })}
          ${submit(say('join', place))}
        </form>
        ${wayBy(say('already_here'), '/sign-in', say('sign_in'))}`,
    }),
  })
}

async function placeOf({ db, clock }: PageDeps, token: string) {
  const { email, place } = await getOpenInvitation(db, token, clock.now())
  const organisation = 'roles' in place ? undefined : await findOrganisationRecord(db, place.organisationId)
  // To customers it must be said whose portal it is; staff join the vendor itself.
  if (organisation) return { email, where: organisation.name, language: organisation.language, text: 'invite_member_text' }
  return { email, where: await findVendorName(db), language: 'en', text: 'invite_text' }
}
