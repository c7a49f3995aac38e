// Sends one file by tus, from where an earlier run broke off.
import { createReadStream } from 'node:fs'
import { DetailedError, Upload, type UploadOptions } from 'tus-js-client'
import { exitCodeOf } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { failureOf } from '../reach/ask.ts'
import type { SignIn } from '../reach/settings-file.ts'
import { unreachable } from '../reach/unreachable.ts'
import type { Progress } from '../terminal/progress.ts'
import type { MeasuredFile } from './measure-file.ts'
import type { UploadMemory } from './upload-memory.ts'

/** So much is sent again at most where a proxy keeps a request until it is whole. */
const CHUNK_BYTES = 32 * 2 ** 20
const SILENT_MS = 120_000
const RETRY_MS = [500, 2000, 5000]

interface Way {
  signIn: SignIn
  memory: UploadMemory
  progress: Progress
}

/** The id of the finished upload. */
export async function uploadFile(file: MeasuredFile, way: Way): Promise<string> {
  const known = await way.memory.recall(file)
  const url = await send(file, way, known)
  const id = new URL(url).pathname.split('/').at(-1)
  return id ?? ''
}

function send(file: MeasuredFile, { signIn, memory, progress }: Way, known: string | undefined): Promise<string> {
  const stream = createReadStream(file.path)
  return new Promise<string>((resolve, reject) => {
    const guard = createGuard(() => {
      void upload.abort()
      reject(unreachable(signIn.server, new Error('the upload came to a standstill')))
    })
    const options: UploadOptions = {
      endpoint: `${signIn.server}/api/v1/uploads`,
      headers: { authorization: `Bearer ${signIn.token}` },
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_MS,
      storeFingerprintForResuming: false,
      metadata: { filename: file.name },
      onUploadUrlAvailable: () => void (upload.url && memory.keep(file, upload.url)),
      onProgress(sent) {
        guard.hear()
        progress.at(sent)
      },
      onSuccess() {
        guard.end()
        resolve(upload.url ?? '')
      },
      onError(error) {
        guard.end()
        reject(failureOfUpload(signIn.server, error))
      },
    }
    const upload = new Upload(stream, known === undefined ? options : { ...options, uploadUrl: known })
    upload.start()
  }).finally(() => stream.destroy())
}

/** The library waits for ever on a line that is silent. */
function createGuard(onSilence: () => void) {
  let timer = setTimeout(onSilence, SILENT_MS)
  return {
    hear() {
      clearTimeout(timer)
      timer = setTimeout(onSilence, SILENT_MS)
    },
    end: () => clearTimeout(timer),
  }
}

/** The library's own message holds the whole request; ours says what it means. */
function failureOfUpload(server: string, error: Error) {
  const response = error instanceof DetailedError ? error.originalResponse : null
  if (!response) return unreachable(server, error)
  const status = response.getStatus()
  const problem = parse(response.getBody())
  if (problem !== undefined) return failureOf(status, problem)
  return new Failure({
    exitCode: exitCodeOf(status),
    code: `upload.http_${status}`,
    detail: `The server refused the upload: ${response.getBody().trim().slice(0, 200) || `status ${status}`}`,
    advice: 'Run this again; it goes on where it was.',
  })
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
