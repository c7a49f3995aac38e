// The page after coming in for the first time, and the pages of links that let nobody in: each says why, and what to do.
import type { FastifyReply } from 'fastify'
import { type PageDeps, type Say, sendPage } from './page-deps.ts'
import { wayBy, wayOn } from './parts.ts'

interface Welcome {
  text: (say: Say) => string
  hasPassword: boolean
  /** Where signing in leads. */
  next?: string
  language?: string | undefined
}

export function sendWelcome(deps: PageDeps, reply: FastifyReply, { text, hasPassword, next, language }: Welcome) {
  const byPassword = `/sign-in${next ? `?next=${encodeURIComponent(next)}` : ''}`
  return sendPage(deps, reply, {
    language,
    write: (say) => ({
      title: say('welcome'),
      lead: text(say),
      content: hasPassword ? wayOn(byPassword, say('sign_in')) : wayOn('/sign-in/link', say('ask_for_link')),
    }),
  })
}

interface Void {
  /** `invite` has the words page_invite_void and page_invite_void_text. */
  of: 'invite' | 'invite_cut' | 'invite_here' | 'setup' | 'setup_cut'
  status: number
  values?: Record<string, string>
  language?: string | undefined
}

export function sendVoid(deps: PageDeps, reply: FastifyReply, { of, status, values, language }: Void) {
  return sendPage(deps, reply, {
    status,
    language,
    write: (say) => ({
      title: say(`${of}_void`),
      lead: say(`${of}_void_text`, values),
      content: wayBy(say('already_here'), '/sign-in', say('sign_in')),
    }),
  })
}
