// Tells whether a browser sends a request for a foreign page; cookies travel with those too.
export interface Sent {
  method: string
  headers: Record<string, string | string[] | undefined>
}

const SAFE = ['GET', 'HEAD', 'OPTIONS']

/** True unless the request only reads, or says that it comes from our own pages. */
export function isForeignOrigin({ method, headers }: Sent, publicUrl: string) {
  if (SAFE.includes(method)) return false
  // `null` is what a browser sends where the referrer policy hides the origin; then its other word counts.
  if (headers.origin !== undefined && headers.origin !== 'null') return headers.origin !== publicUrl
  return headers['sec-fetch-site'] !== 'same-origin'
}
