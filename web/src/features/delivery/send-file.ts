// Sends one file by tus: it can pause, and goes on where it stopped, after a reload too. The library is loaded with the first file.
import type { DetailedError, PreviousUpload, Upload } from 'tus-js-client'
import { type Problem, problemOf } from '#api'
import { keyOf, type UploadRow } from './upload.ts'
import { startPace } from './pace.ts'

/** So much is sent again at most where a proxy keeps a request until it is whole. */
const CHUNK_BYTES = 32 * 2 ** 20
const RETRY_MS = [500, 2000, 5000, 10_000]
/** The server forgets what was abandoned for so long. */
const KEPT_MS = 24 * 3_600_000

export interface Hearing {
  onProgress: (sent: number) => void
  onDone: (uploadId: string) => void
  onProblem: (problem: Problem) => void
}

export async function sendFile(
  releaseId: string,
  { file, target }: UploadRow & { file: File },
  hearing: Hearing,
): Promise<Upload> {
  const tus = await import('tus-js-client')
  const upload = new tus.Upload(file, {
    endpoint: '/api/v1/uploads',
    chunkSize: CHUNK_BYTES,
    retryDelays: RETRY_MS,
    removeFingerprintOnSuccess: true,
    fingerprint: async () => `${releaseId}·${keyOf(file)}`,
    metadata: { releaseId, key: keyOf(file), filename: file.name, ...target },
    onProgress: (sent) => hearing.onProgress(sent),
    onSuccess: () => hearing.onDone(idOf(upload)),
    onError: (error) => hearing.onProblem(problemOfUpload(error)),
  })
  const [known] = await upload.findPreviousUploads()
  if (known) upload.resumeFromPreviousUpload(known)
  upload.start()
  return upload
}

/** What was begun on this device for this release and is not finished; what the server has forgotten is forgotten here, too. */
export async function findLost(releaseId: string): Promise<UploadRow[]> {
  if (!Object.keys(localStorage).some((key) => key.startsWith('tus::'))) return []
  const { defaultOptions } = await import('tus-js-client')
  const all = await defaultOptions.urlStorage.findAllUploads()
  const isOld = ({ creationTime }: PreviousUpload) => Date.parse(creationTime) < Date.now() - KEPT_MS
  for (const old of all.filter(isOld)) await defaultOptions.urlStorage.removeUpload(old.urlStorageKey)
  return all.filter((one) => !isOld(one) && one.metadata['releaseId'] === releaseId).map(lostRow)
}

/** Takes it from the server and from this device. */
export async function forgetUpload(releaseId: string, key: string) {
  const { defaultOptions, Upload } = await import('tus-js-client')
  const known = await defaultOptions.urlStorage.findUploadsByFingerprint(`${releaseId}·${key}`)
  for (const { uploadUrl, urlStorageKey } of known) {
    await defaultOptions.urlStorage.removeUpload(urlStorageKey)
    // Gone already is as good.
    if (uploadUrl) await Upload.terminate(uploadUrl).catch(() => undefined)
  }
}

function lostRow({ size, metadata }: PreviousUpload): UploadRow {
  const { key = '', filename = '', platform = 'any', arch = 'any' } = metadata
  return {
    key,
    name: filename,
    size: size ?? 0,
    file: undefined,
    target: { platform, arch },
    state: 'lost',
    sent: 0,
    pace: startPace(Date.now(), 0),
    problem: undefined,
    uploadId: undefined,
  }
}

function idOf({ url }: Upload) {
  return url?.split('/').at(-1) ?? ''
}

/** The library's message holds the whole request; ours says what the server said. */
function problemOfUpload(error: Error | DetailedError): Problem {
  const response = 'originalResponse' in error ? error.originalResponse : null
  if (!response) return problemOf(undefined)
  const body = response.getBody()
  try {
    return problemOf(JSON.parse(body))
  } catch {
    return { status: response.getStatus(), code: 'upload.refused', detail: body.trim(), requestId: undefined, errors: [] }
  }
}
