// Turns whatever a request ended with into words and fields that a screen can show.

/** A problem document (RFC 9457) as the server writes it, or what stands for it where no answer came. */
export interface Problem {
  /** 0: there was no answer. */
  status: number
  code: string
  detail: string
  requestId: string | undefined
  errors: { pointer: string; code: string; detail: string }[]
}

export function problemOf(error: unknown): Problem {
  if (isProblem(error)) return { ...error, requestId: error.requestId, errors: error.errors ?? [] }
  return { status: 0, code: 'network.away', detail: '', requestId: undefined, errors: [] }
}

/** What the server says of one field, `/title`; undefined where it says nothing. */
export function fieldProblem(error: unknown, field: string) {
  return problemOf(error).errors.find(({ pointer }) => pointer === `/${field}`)?.detail
}

export function isNotFound(error: unknown) {
  return [403, 404].includes(problemOf(error).status)
}

function isProblem(error: unknown): error is Omit<Problem, 'errors'> & Partial<Pick<Problem, 'errors'>> {
  return typeof error === 'object' && error !== null && 'status' in error && 'code' in error && 'detail' in error
}
