// Fetches TUF metadata for tuf-js as this installation: its token, our time limit, never more bytes than allowed, nothing on the disk.
import type { Fetcher } from 'tuf-js'
// Not part of tuf-js' face, but its updater knows the newest root only by an error of this class.
import { DownloadHTTPError } from 'tuf-js/dist/error.js'
import { ServerProblem } from '../agent-error.ts'
import { unreachable } from '../ask-server.ts'
import { parseJson, textField, field } from '../json.ts'
import type { Session } from '../session.ts'

/** `problem`: what the network did, which tuf-js wraps into sentences. `expiryOf`: of the document of this role that came last. */
export interface MetadataFetcher extends Fetcher {
  problem(): ServerProblem | undefined
  expiryOf(role: string): string | undefined
}

export interface Limits {
  /** For all documents of one refresh together: a server that trickles must not hold up check-ins. */
  timeoutMs: number
  stopping: AbortSignal
}

export function createMetadataFetcher(session: Session, { timeoutMs, stopping }: Limits): MetadataFetcher {
  const deadline = AbortSignal.timeout(timeoutMs)
  const signal = AbortSignal.any([stopping, deadline])
  const expiries = new Map<string, string | undefined>()
  let problem: ServerProblem | undefined

  async function downloadBytes(url: string, maxLength: number): Promise<Buffer> {
    try {
      const bytes = await readAtMost(await session.open(url, {}, signal), maxLength)
      expiries.set(roleOf(url), textField(field(parseJson(bytes.toString('utf8')), 'signed'), 'expires'))
      return bytes
    } catch (error) {
      if (isNoNewerRoot(url, error)) throw new DownloadHTTPError('There is no newer root.', 404)
      problem = deadline.aborted ? tooSlow(timeoutMs) : problemOf(error)
      throw problem
    }
  }

  return {
    downloadBytes,
    // Targets are fetched by download.ts, which can take up a cut line.
    downloadFile: () => Promise.reject(new Error('Targets are not fetched by tuf-js.')),
    problem: () => problem,
    expiryOf: (role) => expiries.get(role),
  }
}

export async function readAtMost(response: Response, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  // Leaving the loop cancels the body, so that what never ends is cut off.
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > maxBytes) throw tooBig(response.status, maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function isNoNewerRoot(url: string, error: unknown): boolean {
  return roleOf(url) === 'root' && error instanceof ServerProblem && error.status === 404
}

function problemOf(error: unknown): ServerProblem {
  return error instanceof ServerProblem ? error : unreachable(error)
}

/** `…/5.channel-stable.json` → `channel-stable` */
function roleOf(url: string): string {
  return (url.split('/').at(-1) ?? '').replace(/^\d+\./, '').replace(/\.json$/, '')
}

function tooBig(status: number, maxBytes: number): ServerProblem {
  const message = `The server sent more than the ${maxBytes} bytes that this part of its signed metadata may have.`
  return new ServerProblem({ status, code: 'answer.too_big', message })
}

function tooSlow(timeoutMs: number): ServerProblem {
  const message = `The server did not send its signed metadata within ${Math.round(timeoutMs / 1000)} seconds.`
  return new ServerProblem({ status: 0, code: 'server.slow', message })
}
