// The door of live updates: who may hear what, and for how long.
import type { FastifyRequest } from 'fastify'
import type { Actor, Identity } from '#identity'
import type { Audiences } from '#platform/audience'
import { createBackground } from '#platform/background'
import type { Event } from '#platform/events'
import type { Http } from '#platform/http'
import { hijack } from '#platform/http/hijack'
import { type Live, readPosition } from '#platform/live'
import type { Log } from '#platform/log'

export interface LiveDoors {
  live: Live
  identity: Pick<Identity, 'holdersOf'>
  audiences: Audiences
  log: Log
}

/** How long a stream may outlive the session, the token or the role that opened it. */
const OUTLIVES_MS = 1000

export function liveRoutes(http: Http, doors: LiveDoors) {
  const { live, audiences } = doors
  const openedBy = new Map<string, Actor>()

  // No HEAD: it would open a stream, too, and end the one that is there.
  http.get('/api/v1/live', { schema: { hide: true }, exposeHeadRoute: false }, async (request, reply) => {
    const { actor, sessionKey } = request
    const behind = positionOf(request)
    const mayHear = (event: Event) => audiences[event.name]?.(actor, event) ?? false
    openedBy.set(sessionKey, actor)
    await live.open(hijack(reply), { browser: sessionKey, mayHear, behind })
  })

  const watch = createBackground({
    failure: 'it could not be read who may still hear live updates; trying again',
    log: doors.log,
    afterFailureMs: OUTLIVES_MS,
    run: async () => ({ done: await endOutlived(doors, openedBy), againInMs: OUTLIVES_MS }),
  })
  http.addHook('onReady', async () => watch.wake())
  http.addHook('onClose', () => watch.stop())
}

/** Where the browser was before; at first, where its page was made (web-answers.ts). */
function positionOf({ headers, query }: FastifyRequest) {
  const { behind } = query as { behind?: unknown } // whatever it is, it is looked at here
  const told = headers['last-event-id'] || behind
  return typeof told === 'string' && told !== '' ? readPosition(told) : undefined
}

/** One question for all streams; whoever may do something else by now comes back as who they are. */
async function endOutlived({ live, identity }: Pick<LiveDoors, 'live' | 'identity'>, openedBy: Map<string, Actor>) {
  const browsers = live.browsers()
  const listening = new Set(browsers)
  for (const browser of openedBy.keys()) if (!listening.has(browser)) openedBy.delete(browser)
  const holders = browsers.length > 0 ? await identity.holdersOf(browsers) : new Map<string, Actor>()
  const outlived = browsers.filter((browser) => JSON.stringify(holders.get(browser)) !== JSON.stringify(openedBy.get(browser)))
  for (const browser of outlived) live.end(browser)
  return outlived.length
}
