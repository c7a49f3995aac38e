// Sends people who came by another host name to the public address: passkeys and sessions belong to one name (research: T6.7, T7).
import type { FastifyInstance } from 'fastify'

/** Only pages are redirected: agents, CLIs and probes are right at any address that reaches us. */
const PROGRAMS = /^\/(api|updates|v2|health|metrics)(\/|$|\?)/

export function redirectToPublicUrl(http: Pick<FastifyInstance, 'addHook'>, publicUrl: string) {
  const { host, protocol } = new URL(publicUrl)
  http.addHook('onRequest', async (request, reply) => {
    if (!['GET', 'HEAD'].includes(request.method) || PROGRAMS.test(request.url)) return
    if (request.host === host && `${request.protocol}:` === protocol) return
    // Built from our own address and a path that begins with a slash: never from the foreign host.
    return reply.redirect(`${publicUrl}/${request.url.replace(/^[/\\]+/, '')}`, 307)
  })
}
