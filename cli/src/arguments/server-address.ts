// Reads the address of a server: an origin and nothing else, so that a token goes nowhere else.
import { wrongUsage } from '../failure.ts'

const ADVICE = 'Write it like https://fairway.example.com.'
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

export function parseServer(text: string) {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) throw wrongUsage(`${JSON.stringify(text)} is no address of a server.`, ADVICE)
  if (url.username || url.password) throw wrongUsage('The address of the server must not hold a password.', ADVICE)
  if (url.pathname !== '/' || url.search || url.hash)
    throw wrongUsage(`${JSON.stringify(text)} is more than the address of a server.`, ADVICE)
  return url.origin
}

/** Whoever stands between would read the token. */
export function isOpenToEavesdroppers(server: string) {
  const { protocol, hostname } = new URL(server)
  return protocol === 'http:' && !LOOPBACK.test(hostname)
}
