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
  /** Behind this place it goes on; absent: from now on. */
  behind: Position | undefined
}

export interface Live {
  /** Answers with a stream that goes on until somebody ends it. */
  open(response: ServerResponse, listener: Listener): Promise<void>
  browsers(): string[]
  /** The end of what happened so far: whoever reads something now listens from here, and misses nothing. */
  position(): Promise<string>
  /** Ends the stream of a browser; it may come back, and is asked then who it is. */
  end(browser: string): void
  /** Ends every stream; must come before the server closes, which waits for them (research: T16). */
  stop(): void
}

const HEARTBEAT_MS = 15_000
const CATCH_UP = 1000
/** A reader that is this far behind is cut; it comes back with its Last-Event-ID. */
const MAX_BUFFERED_BYTES = 1_048_576
/** For the last words; who does not read them is cut. */
const LINGER_MS = 500

const STREAM_HEADERS = { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' }

export function createLive({ db, tail }: { db: Db; tail: Tail }): Live {
  const streams = new Map<string, ServerResponse>()
  let isStopped = false

  /** Registers the stream under its browser, until it closes. */
  function keep(response: ServerResponse, browser: string, follower: Follower) {
    const unfollow = tail.follow(follower)
    const heartbeat = setInterval(() => write(response, ': still here\n\n'), HEARTBEAT_MS)
    response.on('close', () => {
      clearInterval(heartbeat)
      unfollow()
      if (streams.get(browser) === response) streams.delete(browser)
    })
    const former = streams.get(browser)
    if (former) finish(former, 'replaced')
    streams.set(browser, response)
  }

  return {
    async open(response, { browser, mayHear, behind }) {
      // Gone while we found out who it is: it will not close once more.
      if (response.closed) return
      const early: LogEntry[] = []
      let follower: Follower = (entries) => void early.push(...entries)
      keep(response, browser, (entries) => follower(entries))
      if (isStopped) return finish(response, 'bye')
      response.writeHead(200, STREAM_HEADERS)
      const start = await findStart(db, behind).catch(() => undefined)
      // The database is away: the browser comes back, and others say it louder.
      if (!start) return finish(response, 'bye')
      const send = sender(response, { mayHear, from: start.position })
      write(
        response,
        `retry: 2000\nid: ${writePosition(start.position)}\nevent: ${start.isReset ? 'reset' : 'ready'}\ndata: {}\n\n`,
      )
      send(start.missed)
      send(early)
      follower = send
    },
    browsers: () => [...streams.keys()],
    position: async () => writePosition(await endOfLog(db)),
    end(browser) {
      const stream = streams.get(browser)
      if (stream) finish(stream, 'ended')
    },
    stop() {
      isStopped = true
      for (const stream of streams.values()) finish(stream, 'bye')
    },
  }
}

/** A `Last-Event-ID`, as we gave it. */
export function readPosition(text: string): Position {
  const [, epoch, tx, id] = /^(\d{1,9})\.(\d{1,18})\.(\d{1,18})$/.exec(text) ?? []
  if (epoch === undefined || tx === undefined || id === undefined)
    throw new Refusal('invalid', 'live.position_unknown', 'The Last-Event-ID is not one of ours.')
  return { epoch: Number(epoch), tx, id }
}

/** Where a stream begins, and what was missed; where that is too much or unknown, the browser must read everything anew. */
async function findStart(db: Db, behind: Position | undefined) {
  const end = await endOfLog(db)
  if (!behind) return { position: end, missed: [], isReset: false }
  const missed = await readLog(db, behind, { limit: CATCH_UP + 1 })
  // Beyond the end: the browser knew a log that is not this one (the database was put back).
  const isReset = missed.length > CATCH_UP || (missed.length === 0 && isAfter(behind, end))
  return isReset ? { position: end, missed: [], isReset } : { position: behind, missed, isReset }
}

/** Each event once, in order: what was read and what was followed may overlap. */
function sender(response: ServerResponse, { mayHear, from }: { mayHear: Listener['mayHear']; from: Position }) {
  let sent = from
  return (entries: LogEntry[]) => {
    for (const entry of entries) {
      if (!isAfter(entry.position, sent)) continue
      sent = entry.position
      if (mayHear(entry.event)) write(response, toMessage(entry))
    }
  }
}

/** Never after the end: that would be an error event that nobody handles, and so the end of the process. */
function write(response: ServerResponse, text: string) {
  if (response.writableEnded || response.destroyed) return
  response.write(text)
  if (response.writableLength > MAX_BUFFERED_BYTES) response.destroy()
}

function finish(response: ServerResponse, word: string) {
  if (response.writableEnded || response.destroyed) return
  if (!response.headersSent) response.writeHead(200, STREAM_HEADERS)
  response.end(`event: ${word}\ndata: {}\n\n`)
  setTimeout(() => response.destroy(), LINGER_MS).unref()
}

function toMessage({ event, position }: LogEntry) {
  const { eventId, name, subject, occurredAt } = event
  return `id: ${writePosition(position)}\nevent: happened\ndata: ${JSON.stringify({ id: eventId, name, subject, occurredAt })}\n\n`
}

/** A place in the log as one word, as readers hand it back. */
export function writePosition({ epoch, tx, id }: Position) {
  return `${epoch}.${tx}.${id}`
}

function isAfter(a: Position, b: Position) {
  if (a.epoch !== b.epoch) return a.epoch > b.epoch
  return BigInt(a.tx) === BigInt(b.tx) ? BigInt(a.id) > BigInt(b.id) : BigInt(a.tx) > BigInt(b.tx)
}
