// Fetches one artifact to disk: resumes by Range and If-Range (RFC 9110 §14), never takes more bytes than the manifest says.
import { open, stat, type FileHandle } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { ServerProblem, StepFailure, systemCode } from './agent-error.ts'
import { unreachable } from './ask-server.ts'
import { writeAll } from './files.ts'
import type { Session } from './session.ts'

export interface Download {
  url: string
  file: string
  size: number
  sha256: string
  signal: AbortSignal
  onProgress: (bytes: number) => void
}

const stallMs = 60_000
const maxTriesWithoutProgress = 3

/** Ends with the whole file flushed to disk. A ServerProblem means: later again, what is there stays. */
export async function downloadArtifact(session: Session, download: Download): Promise<void> {
  for (let fruitless = 0; ;) {
    const before = await sizeOf(download.file)
    try {
      if (before !== download.size) await fetchRest(session, download, before < download.size ? before : 0)
      return
    } catch (error) {
      // A refusal with a status will not change in a second; a cut line may.
      if (!(error instanceof ServerProblem) || error.status !== 0 || download.signal.aborted) throw error
      fruitless = (await sizeOf(download.file)) > before ? 0 : fruitless + 1
      if (fruitless >= maxTriesWithoutProgress) throw error
      await wait(100 * 2 ** fruitless)
    }
  }
}

async function fetchRest(session: Session, download: Download, from: number): Promise<void> {
  const stall = new AbortController()
  const timer = setTimeout(() => stall.abort(new Error('no byte came for a minute')), stallMs)
  const signal = AbortSignal.any([download.signal, stall.signal])
  try {
    // An encoding on the way would make sizes and ranges mean something else.
    const range = from > 0 ? { range: `bytes=${from}-`, 'if-range': `"${download.sha256}"` } : {}
    const response = await openRest(session, download, { headers: { 'accept-encoding': 'identity', ...range }, signal })
    await using handle = await open(download.file, 'a', 0o600)
    const start = startOf(response, from)
    if (start === 0) await handle.truncate(0)
    await receive(response, handle, { ...download, start, onChunk: () => timer.refresh() })
    await handle.sync()
  } finally {
    clearTimeout(timer)
  }
}

async function openRest(
  session: Session,
  { url, file }: Download,
  ask: { headers: Record<string, string>; signal: AbortSignal },
) {
  try {
    return await session.open(url, ask.headers, ask.signal)
  } catch (error) {
    // What lies here is no part of that file: begin again.
    if (error instanceof ServerProblem && error.status === 416) {
      await using handle = await open(file, 'a')
      await handle.truncate(0)
    }
    throw error
  }
}

/** 200 means that the server sends all of it (If-Range did not hold), 206 that it goes on exactly where we asked. */
function startOf(response: Response, asked: number): number {
  if (response.status === 200) return 0
  const start = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1]
  if (response.status === 206 && asked > 0 && Number(start) === asked) return asked
  throw new ServerProblem({
    status: response.status,
    code: 'answer.malformed',
    message: 'The server sent another part of the file than was asked for.',
  })
}

interface Receiving extends Download {
  start: number
  onChunk: () => void
}

async function receive(response: Response, handle: FileHandle, receiving: Receiving): Promise<void> {
  let at = receiving.start
  for await (const chunk of bodyOf(response)) {
    receiving.onChunk()
    at += chunk.length
    if (at > receiving.size) {
      await handle.truncate(0)
      throw new StepFailure({
        code: 'size_wrong',
        reason: `The server sent more than the ${receiving.size} bytes of the manifest.`,
        lasting: false,
      })
    }
    await writeAll(handle, chunk)
    receiving.onProgress(at)
  }
  if (at < receiving.size) throw unreachable(new Error(`the line was cut after ${at} of ${receiving.size} bytes`))
}

// Only reading from the network may be called a network problem; a full disk must keep its own name.
async function* bodyOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader()
  try {
    for (;;) {
      const { done, value } = (await reader?.read().catch((error: unknown) => Promise.reject(unreachable(error)))) ?? {
        done: true,
      }
      if (done || !value) return
      yield value
    }
  } finally {
    await reader?.cancel().catch(() => undefined)
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 0
    throw error
  }
}
