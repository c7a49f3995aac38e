// Live updates over Server-Sent Events (WHATWG HTML §9.2): what happened and to what, never its content; permission is asked for each event.
import type { ServerResponse } from 'node:http'
import type { Db } from './db.ts'
import { Refusal } from './errors.ts'
import type { Event } from './events.ts'
import { endOfLog, type LogEntry, type Position, readLog } from './events/log-store.ts'
import type { Follower, Tail } from './events/tail.ts'

export interface Listener {
  /** One stream each: a second one of the same browser ends the first. */
  browser: string
  mayHear(event: Event): boolean
}

export interface Live {
  /** Answers with a stream that goes on until somebody ends it. */
  open(response: ServerResponse, listener: Listener, lastEventId: string | undefined): Promise<void>
  count(): number
  /** Ends every stream; must come before the server closes, which waits for them (research: T16). */
  stop(): void
}

const HEARTBEAT_MS = 15_000
const CATCH_UP = 1000
/** A reader that is this far behind is cut; it comes back with its Last-Event-ID. */
const MAX_BUFFERED_BYTES = 1_048_576

export function createLive({ db, tail }: { db: Db; tail: Tail }): Live {
  const streams = new Map<string, ServerResponse>()

  return {
    async open(response, { browser, mayHear }, lastEventId) {
      const behind = lastEventId === undefined ? undefined : readPosition(lastEventId)
      const early: LogEntry[] = []
      let sent: Position | undefined
      const send = (entries: LogEntry[]) => {
        for (const entry of entries) {
          if (sent && !isAfter(entry.position, sent)) continue
          sent = entry.position
          if (mayHear(entry.event)) response.write(toMessage(entry))
        }
        if (response.writableLength > MAX_BUFFERED_BYTES) response.destroy()
      }
      let follower: Follower = (entries) => void early.push(...entries)
      const unfollow = tail.follow((entries) => follower(entries))
      const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS)
      response.on('close', () => {
        clearInterval(heartbeat)
        unfollow()
        if (streams.get(browser) === response) streams.delete(browser)
      })
      streams.get(browser)?.end('event: replaced\ndata: {}\n\n')
      streams.set(browser, response)
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
      const position = behind ?? (await endOfLog(db))
      response.write(`retry: 2000\nid: ${toText(position)}\nevent: ready\ndata: {}\n\n`)
      if (behind) await catchUp(db, response, { behind, send })
      send(early)
      follower = send
    },
    count: () => streams.size,
    stop() {
      for (const stream of streams.values()) stream.end('event: bye\ndata: {}\n\n')
    },
  }
}

/** What was missed; where it is too much, the browser is told to read everything anew. */
async function catchUp(
  db: Db,
  response: ServerResponse,
  { behind, send }: { behind: Position; send: (entries: LogEntry[]) => void },
) {
  const missed = await readLog(db, behind, CATCH_UP + 1)
  if (missed.length <= CATCH_UP) return send(missed)
  response.write(`id: ${toText(await endOfLog(db))}\nevent: reset\ndata: {}\n\n`)
}

function toMessage({ event, position }: LogEntry) {
  const { eventId, name, subject, occurredAt } = event
  return `id: ${toText(position)}\nevent: happened\ndata: ${JSON.stringify({ id: eventId, name, subject, occurredAt })}\n\n`
}

function toText({ epoch, tx, id }: Position) {
  return `${epoch}.${tx}.${id}`
}

function readPosition(text: string): Position {
  const [, epoch, tx, id] = /^(\d{1,9})\.(\d{1,18})\.(\d{1,18})$/.exec(text) ?? []
  if (epoch === undefined || tx === undefined || id === undefined)
    throw new Refusal('invalid', 'live.position_unknown', 'The Last-Event-ID is not one of ours.')
  return { epoch: Number(epoch), tx, id }
}

function isAfter(a: Position, b: Position) {
  if (a.epoch !== b.epoch) return a.epoch > b.epoch
  return BigInt(a.tx) === BigInt(b.tx) ? BigInt(a.id) > BigInt(b.id) : BigInt(a.tx) > BigInt(b.tx)
}
