// The one shape of a refusal. Only the HTTP edge turns its kind into a status.
export type RefusalKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'too_many'
  | 'unavailable'

/** One field that is wrong: where (JSON Pointer, RFC 6901, into the request), a stable code, and how it would be right. */
export interface FieldError {
  pointer: string
  code: string
  detail: string
}

export class Refusal extends Error {
  override name = 'Refusal'
  readonly kind: RefusalKind
  /** Stable, machine-read, `thing.what_is_wrong`; clients branch on this, never on the message. */
  readonly code: string
  /** Which fields are wrong, where the request is. */
  errors: FieldError[] = []

  constructor(kind: RefusalKind, code: string, message: string) {
    super(message)
    this.kind = kind
    this.code = code
  }
}

/** A refusal of one field of the request. */
export function invalidField(pointer: string, code: string, detail: string) {
  const refusal = new Refusal('invalid', code, detail)
  refusal.errors = [{ pointer, code, detail }]
  return refusal
}

/** Of a page that begins behind nothing we gave; beginning anew instead would send a reader round in circles. */
export function unknownCursor() {
  return invalidField('/querystring/after', 'page.cursor_unknown', 'must be `next` of the page before')
}
