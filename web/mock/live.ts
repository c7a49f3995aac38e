// Live updates in the dialect of the server: what happened and to what, never its content (see server/src/platform/live.ts).
import type { ServerResponse } from 'node:http'
import type { Me } from './contract.ts'
import { readPlace, writePlace } from './views/happening-view.ts'
import type { Happening, World } from './world.ts'

const HEARTBEAT_MS = 15_000
/** Customers hear of their own things, but not of what only staff see. */
const STAFF_ONLY = [
  'delivery.',
  'portal.inquiry_assigned',
  'portal.note_added',
  'portal.known_error',
  'identity.staff',
  'identity.token',
]

export function openLive(response: ServerResponse, { world, me }: { world: World; me: Me }, behind: string | undefined) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const newest = { place: world.log.length }
  response.write(`retry: 2000\nid: ${writePlace(newest)}\nevent: ready\ndata: {}\n\n`)
  const send = (happening: Happening) => {
    if (mayHear(me, happening)) response.write(toMessage(happening))
  }
  const missed = behind === undefined ? [] : world.log.slice(readPlace(behind))
  missed.forEach(send)
  world.listeners.add(send)
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS)
  response.on('close', () => {
    clearInterval(heartbeat)
    world.listeners.delete(send)
  })
}

function mayHear({ kind, organisation }: Me, { name, organisationId }: Happening) {
  if (kind === 'staff') return true
  return organisationId === organisation?.id && !STAFF_ONLY.some((beginning) => name.startsWith(beginning))
}

function toMessage(happening: Happening) {
  const { id, name, subject, occurredAt } = happening
  return `id: ${writePlace(happening)}\nevent: happened\ndata: ${JSON.stringify({ id, name, subject, occurredAt })}\n\n`
}
