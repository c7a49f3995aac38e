// Lets the server end: requests under way are finished, but nobody waits for who says nothing, or for ever.
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Under the ten seconds after which Docker kills; what is cut (a long upload) goes on later. */
const DRAIN_MS = 8000
const LOOK_AGAIN_MS = 20

/**
 * Node closes the connections that are idle at the moment of closing; not those that become so when their last request is answered,
 * and not those on which no request came yet, as browsers and balancers open them.
 */
export function drainOnClose(http: Pick<FastifyInstance, 'addHook'> & { server: Server }) {
  const silent = new Set<Socket>()
  http.server.on('connection', (socket) => {
    silent.add(socket)
    socket.once('close', () => silent.delete(socket))
  })
  http.server.on('request', ({ socket }) => void silent.delete(socket))
  http.addHook('preClose', async () => {
    if (!http.server.listening) return
    const sweep = setInterval(() => {
      for (const socket of silent) socket.destroy()
      http.server.closeIdleConnections()
    }, LOOK_AGAIN_MS)
    const late = setTimeout(() => http.server.closeAllConnections(), DRAIN_MS)
    for (const timer of [sweep, late]) timer.unref()
    http.server.once('close', () => [sweep, late].forEach(clearTimeout))
  })
}
