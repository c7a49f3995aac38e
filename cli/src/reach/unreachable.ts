// Says why a server cannot be reached, and what to check.
import { EXIT } from '../exit-codes.ts'
import { Failure } from '../failure.ts'

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name cannot be looked up now',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  ETIMEDOUT: 'it does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself; NODE_EXTRA_CA_CERTS can name your authority',
  SELF_SIGNED_CERT_IN_CHAIN: 'we do not know who signed its certificate; NODE_EXTRA_CA_CERTS can name your authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'we do not know who signed its certificate; NODE_EXTRA_CA_CERTS can name your authority',
}

export function unreachable(server: string, error: unknown) {
  return new Failure({
    exitCode: EXIT.unreachable,
    code: 'server.unreachable',
    detail: `We cannot reach ${server}: ${reasonOf(error)}.`,
    advice:
      'Check that Fairway runs there, that the address is right, and the network or proxy between you and it. Then run this again.',
  })
}

/** `fetch` and the upload library hide the reason in what caused the error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'it did not answer in time'
  const inner = error.cause ?? ('causingError' in error ? error.causingError : undefined)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (REASONS[code]) return REASONS[code]
  // Happy eyeballs: an error for each address that was tried.
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0])
  return inner instanceof Error ? reasonOf(inner) : error.message
}
