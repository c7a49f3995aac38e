// Reads FAIRWAY_STORAGE_URL: s3://BUCKET/PREFIX?region=…&endpoint=…&forcePathStyle=true.
export interface S3Place {
  bucket: string
  /** Empty, or ends with a slash. */
  prefix: string
  region?: string
  /** Origin of a store that is not Amazon's. */
  endpoint?: string
  /** The bucket stands in the path, not in the name of the host. */
  forcePathStyle: boolean
}

const SHAPE = 's3://BUCKET/PREFIX?region=…&endpoint=https://…&forcePathStyle=true'
const PARAMETERS = ['region', 'endpoint', 'forcePathStyle']
/** What S3 allows; no dots, whose certificates do not fit. */
const BUCKET = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/
const PREFIX = /^[A-Za-z0-9!_.*'()/-]{0,400}$/

export function readStorageUrl(text: string, problems: string[]): S3Place | undefined {
  const url = URL.parse(text)
  if (url?.protocol !== 's3:') {
    problems.push(`FAIRWAY_STORAGE_URL does not have the form ${SHAPE}; leave it out to keep artifacts below FAIRWAY_DATA.`)
    return undefined
  }
  const prefix = url.pathname.replace(/^\/+|\/+$/g, '')
  const { region, endpoint, forcePathStyle } = Object.fromEntries(url.searchParams)
  const wrong = whatIsWrong(url, prefix)
  problems.push(...wrong.map((problem) => `FAIRWAY_STORAGE_URL: ${problem}`))
  if (wrong.length > 0) return undefined
  return {
    bucket: url.hostname,
    prefix: prefix && `${prefix}/`,
    ...(region && { region }),
    ...(endpoint && { endpoint: new URL(endpoint).origin }),
    forcePathStyle: forcePathStyle === 'true',
  }
}

function whatIsWrong(url: URL, prefix: string): string[] {
  const { endpoint, forcePathStyle } = Object.fromEntries(url.searchParams)
  const unknown = [...url.searchParams.keys()].filter((name) => !PARAMETERS.includes(name))
  const parsed = endpoint === undefined ? undefined : URL.parse(endpoint)
  const isOrigin =
    parsed &&
    /^https?:$/.test(parsed.protocol) &&
    parsed.pathname === '/' &&
    !parsed.search &&
    !parsed.username &&
    !parsed.password
  return [
    // It may be logged and shown, so no secret may stand in it.
    (url.username || url.password) &&
      'credentials do not belong into it; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or what else the AWS SDK reads).',
    !BUCKET.test(url.hostname) && `"${url.hostname}" is no name of a bucket (3 to 63 of a-z, 0-9 and -).`,
    (!PREFIX.test(prefix) || /(^|\/)\.{0,2}(\/|$)/.test(prefix || 'x')) &&
      'the prefix may hold letters, digits and - _ . / only.',
    unknown.length > 0 && `${unknown.join(', ')} is not known there; it takes ${PARAMETERS.join(', ')}.`,
    endpoint !== undefined && !isOrigin && 'endpoint is not the origin of a server, such as https://s3.example.com:9000.',
    forcePathStyle !== undefined && !['true', 'false'].includes(forcePathStyle) && 'forcePathStyle is true or false.',
  ].filter((problem) => typeof problem === 'string' && problem !== '') as string[]
}
