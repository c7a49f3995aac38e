// Sends people who came by another host name to the public address: passkeys and sessions belong to one name (research: T6.7, T7).
import type { FastifyInstance } from 'fastify'

/** Only pages are redirected: agents, CLIs and probes are right at any address that reaches us. */
const PROGRAMS = /^\/(api|updates|v2|health|metrics)(\/|$|\?)/

export function redirectToPublicUrl(http: Pick<FastifyInstance, 'addHook'>, publicUrl: string) {
  const { host } = new URL(publicUrl)
  http.addHook('onRequest', (request, reply, done) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !PROGRAMS.test(request.url)
    // By name alone: behind a proxy that ends TLS every request looks like http.
    if (!isPage || request.host === host) return done()
    // Built from our own address and a path that begins with a slash: never from the foreign host.
    reply.redirect(`${publicUrl}/${request.url.replace(/^[/\\]+/, '')}`, 307)
  })
}
