// Keeps contents in a bucket that speaks S3; what it answers is bounded in time, and a store that is away says so.
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { Refusal } from '#platform/errors'
import type { Log } from '#platform/log'
import type { S3Place } from '#platform/storage-url'
import { type ContentStore, digestFile } from './content-store.ts'
import { endWhenSilent } from './end-when-silent.ts'

const LIMITS = {
  /** Until the head of an answer, all attempts together. */
  answerMs: 15_000,
  /** For one part of an upload. */
  partMs: 120_000,
  /** Without a byte, while somebody waits for one. */
  silenceMs: 30_000,
}
/** Three of them are in memory, for each upload. */
const PART_BYTES = 8 * 2 ** 20

export interface OpenedS3 {
  contents: ContentStore
  client: S3Client
  place: S3Place
  log: Log
}

export function createS3Contents(place: S3Place, log: Log, limits = LIMITS): OpenedS3 {
  const client = openClient(place, limits.partMs)
  const ask = createAsking(place, log, limits.answerMs)
  const at = (sha256: string) => ({ Bucket: place.bucket, Key: `${place.prefix}sha256/${sha256.slice(0, 2)}/${sha256}` })

  /** bytes, or undefined where it is missing */
  const sizeOf = (sha256: string) =>
    ask(async (abortSignal) => {
      const found = await client.send(new HeadObjectCommand(at(sha256)), { abortSignal }).catch(undefinedIfMissing)
      return found?.ContentLength
    })

  const contents: ContentStore = {
    digest: digestFile,
    async take(file, { sha256, size }) {
      if ((await sizeOf(sha256)) === size) return
      const params = { ...at(sha256), Body: createReadStream(file, { highWaterMark: 1_048_576 }) }
      await ask(() => new Upload({ client, params, partSize: PART_BYTES, queueSize: 2 }).done(), Infinity)
    },
    async open(sha256, range) {
      const input = { ...at(sha256), ...(range && { Range: `bytes=${range.start}-${range.end}` }) }
      const found = await ask((abortSignal) =>
        client.send(new GetObjectCommand(input), { abortSignal }).catch(undefinedIfMissing),
      )
      if (!(found?.Body instanceof Readable)) throw new Error(`The content ${sha256} is not in the storage any more.`)
      if (range && found.ContentLength !== range.end - range.start + 1) {
        found.Body.destroy()
        throw new Error(`The storage gave ${found.ContentLength} bytes where ${input.Range} was asked for.`)
      }
      return endWhenSilent(found.Body, limits.silenceMs)
    },
    has: async (sha256) => (await sizeOf(sha256)) !== undefined,
    async remove(sha256, signal) {
      await ask(async (ours) => {
        const abortSignal = signal ? AbortSignal.any([ours, signal]) : ours
        await client.send(new DeleteObjectCommand(at(sha256)), { abortSignal }).catch(undefinedIfMissing)
      })
    },
  }
  return { contents, client, place, log }
}

function openClient({ region, endpoint, forcePathStyle }: S3Place, requestTimeout: number) {
  return new S3Client({
    region: region ?? process.env.AWS_REGION ?? 'us-east-1',
    ...(endpoint && { endpoint }),
    forcePathStyle,
    maxAttempts: 3,
    // Not all that speaks S3 knows these; the signature covers the bytes that we send, and whoever downloads compares their sha256.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: 3000,
      requestTimeout,
      throwOnRequestTimeout: true,
      // It would end the download of whoever reads slowly.
      socketTimeout: 0,
      httpAgent: { maxSockets: 256, keepAlive: true },
      httpsAgent: { maxSockets: 256, keepAlive: true },
    },
  })
}

/** Asks within the time limit; says once that the store is away, and once that it is back. */
function createAsking({ bucket, endpoint = 'Amazon S3' }: S3Place, log: Log, answerMs: number) {
  let isAway = false
  return async <Answer>(work: (abortSignal: AbortSignal) => Promise<Answer>, limitMs = answerMs): Promise<Answer> => {
    // Only until the answer begins: its body may take as long as it takes.
    const limit = new AbortController()
    const timer = limitMs === Infinity ? undefined : setTimeout(() => limit.abort(), limitMs)
    try {
      const answer = await work(limit.signal)
      if (isAway) log.warn({ bucket, endpoint }, 'the storage of artifacts is back')
      isAway = false
      return answer
    } catch (error) {
      // The file that was to be sent is gone: that is not the fault of the store.
      if ((error as NodeJS.ErrnoException).syscall === 'open') throw error
      if (!isAway) log.error({ err: error, bucket, endpoint }, 'the storage of artifacts is away')
      isAway = true
      throw new Refusal('unavailable', 'storage.away', 'Our storage of files is away for a moment. Try again in a few seconds.')
    } finally {
      clearTimeout(timer)
    }
  }
}

function undefinedIfMissing(error: Error) {
  // HEAD has no body, so it knows no better name.
  if (error.name === 'NoSuchKey' || error.name === 'NotFound') return undefined
  throw error
}
