// Ten thousand installations in one process: they check in and report without a pause over a few kept connections, and remember what was acknowledged.
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { tokenOf } from '../../scripts/bench/updates/crowd.ts'

const CONNECTIONS = 64
const AGAIN_MS = 100
/** Every so many polls of the herd, one installation has something to report. */
const REPORT_EVERY = 10
/** No release that anybody rolls out: what is told of it only has to be kept. */
const RELEASE_ID = 're_0000000000000000'

export type Herd = ReturnType<typeof startHerd>

export interface HerdWish {
  url: string
  count: number
  runs: { id: string; version: string }
}

interface Answer {
  /** 0: nobody knows what became of it. */
  status: number
  retryAfter: string | undefined
}

export function startHerd({ url, count, runs }: HerdWish) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const tokens = Array.from({ length: count }, (_, number) => tokenOf(number))
  const seen = { polls: 0, refused: 0, lost: 0, withoutRetryAfter: 0, repeated: 0 }
  const acknowledged: string[] = []
  const heard = new Set<number>()
  const stopping = new AbortController()
  let next = 0

  function send(number: number, path: string, body: object): Promise<Answer> {
    const text = JSON.stringify(body)
    const headers = {
      authorization: `Bearer ${tokens[number]}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    }
    return new Promise((resolve) => {
      const lost = () => resolve({ status: 0, retryAfter: undefined })
      const asking = request(new URL(path, url), { method: 'POST', agent, headers }, (response) => {
        // Acknowledged is what was heard to its end.
        response.on('data', () => undefined).on('error', lost)
        response.on('end', () => resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] }))
      })
      asking.on('error', lost).end(text)
    })
  }

  async function ask(number: number, path: string, body: object) {
    const answer = await send(number, path, body)
    if (answer.status === 0) seen.lost += 1
    if (answer.status === 503) seen.refused += 1
    if (answer.status === 503 && answer.retryAfter === undefined) seen.withoutRetryAfter += 1
    if (![0, 200, 503].includes(answer.status)) throw new Error(`${path} was answered with ${answer.status}.`)
    return answer.status === 200
  }

  /** The same words until they are acknowledged. */
  async function report(number: number) {
    const reportId = randomUUID()
    const told = { reportId, releaseId: RELEASE_ID, kind: 'failed', version: runs.version, reason: reportId }
    for (let tries = 1; !(await ask(number, '/updates/v1/reports', { reports: [told] })); tries += 1) {
      if (tries === 1) seen.repeated += 1
      await pause(AGAIN_MS)
    }
    acknowledged.push(reportId)
  }

  async function poll(number: number) {
    const health = number % REPORT_EVERY === 0 ? 'unhealthy' : 'healthy'
    const where = { platform: 'linux', arch: 'x64', highestSequence: 1, refused: [] }
    const isHeard = await ask(number, '/updates/v1/check-ins', { version: runs.version, releaseId: runs.id, health, ...where })
    if (!isHeard) return void (await pause(AGAIN_MS))
    seen.polls += 1
    heard.add(number)
  }

  async function goOn() {
    while (!stopping.signal.aborted) {
      const turn = next++
      // A step that meets all of them, and no neighbours one after the other.
      const number = (turn * 7919) % count
      await poll(number)
      if (turn % REPORT_EVERY === 0) await report(number)
    }
  }

  const ended = Promise.all(Array.from({ length: CONNECTIONS }, goOn))
  // Kept for stop().
  ended.catch((error: Error) => console.error(`The herd stopped asking: ${error.message}`))
  return {
    acknowledged,
    seen,
    /** How many of them were answered at least once. */
    heard: () => heard.size,
    /** Ends when each knows that what it reported last is stored. */
    async stop() {
      stopping.abort()
      await ended
      agent.destroy()
    },
  }
}
