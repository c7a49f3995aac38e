// What authentication leaves on a request, and what a route says of who may knock.
import type { Actor, Scope } from './actor.ts'

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor
    /** What may be done with this credential; all scopes for a session. */
    scopes: readonly Scope[]
    /** The browser session or token; one live stream each. */
    sessionKey: string
  }
  interface FastifyContextConfig {
    /** Routes below /api/v1 need somebody who is signed in, unless they say so. */
    access?: 'public'
    /** Outside of /api/v1: an API token says who is asking; a browser's session opens nothing there. */
    takesToken?: boolean
    /** What a token needs for this route; absent: `read` for GET and HEAD, and for the rest only a session or a token with every scope. */
    scope?: Scope
  }
}
