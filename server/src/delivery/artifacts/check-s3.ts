// Tries at the start what the bucket must let us do, and says what is wrong with it in a sentence.
import { DeleteObjectCommand, HeadObjectCommand, PutObjectCommand, type S3ServiceException } from '@aws-sdk/client-s3'
import type { OpenedS3 } from './s3-contents.ts'

const LIMIT_MS = 15_000
const NO_CREDENTIALS = ['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidToken', 'ExpiredToken']
const OTHER_REGION = ['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException']

/** A store that cannot be reached is no reason not to start: check-ins are answered without it. */
export async function checkS3({ client, place, log }: OpenedS3) {
  const object = (name: string) => ({ Bucket: place.bucket, Key: `${place.prefix}${name}` })
  const probe = object('fairway-may-write')
  const limit = () => ({ abortSignal: AbortSignal.timeout(LIMIT_MS) })
  const steps: [doing: string, work: () => Promise<unknown>][] = [
    ['put objects into', () => client.send(new PutObjectCommand({ ...probe, Body: 'yes' }), limit())],
    ['list', () => client.send(new HeadObjectCommand(object('is-not-there')), limit()).catch(passIfMissing)],
    ['read objects of', () => client.send(new HeadObjectCommand(probe), limit())],
    ['delete objects of', () => client.send(new DeleteObjectCommand(probe), limit())],
  ]
  for (const [doing, work] of steps) {
    try {
      await work()
    } catch (error) {
      const sentence = whatIsWrong(error as Thrown, { ...place, doing })
      if (sentence) throw new Error(`FAIRWAY_STORAGE_URL: ${sentence}`, { cause: error })
      const { bucket, endpoint = 'Amazon S3' } = place
      log.error(
        { err: error, bucket, endpoint },
        'the storage of artifacts is away; downloads and uploads answer 503 until it is back',
      )
      return
    }
  }
}

type Thrown = Pick<S3ServiceException, 'name' | 'message'> & Partial<Pick<S3ServiceException, '$metadata'>>

/** Undefined where waiting may help. */
function whatIsWrong({ name, $metadata }: Thrown, wish: { bucket: string; endpoint?: string; doing: string }) {
  const { bucket, endpoint = 'Amazon S3', doing } = wish
  const status = $metadata?.httpStatusCode
  if (name === 'CredentialsProviderError')
    return 'there are no credentials for it. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'
  if (NO_CREDENTIALS.includes(name))
    return `${endpoint} does not accept the credentials (${name}). Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`
  if (OTHER_REGION.includes(name) || status === 301) return `the bucket ${bucket} is in another region. Set ?region= to that.`
  if (name === 'NoSuchBucket' || status === 404)
    return `there is no bucket ${bucket} at ${endpoint}. Make it, or correct its name.`
  if (status === 403)
    return `the credentials may not ${doing} the bucket ${bucket}. docs/operate.md shows the rights that are needed.`
  if (status !== undefined && status < 500 && status !== 429)
    return `${endpoint} refused to ${doing} the bucket ${bucket} (${name}).`
  return undefined
}

function passIfMissing(error: Error) {
  if (error.name !== 'NotFound' && error.name !== 'NoSuchKey') throw error
}
