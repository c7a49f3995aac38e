// The failures that a person or the walk can act on; everything else that is thrown is a bug.

/** An expected failure of a command, in a sentence; `code` decides the exit code. */
export class AgentError extends Error {
  code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** A step of an update that could not be done. `lasting`: trying this release again here cannot help. */
export class StepFailure extends Error {
  code: string
  lasting: boolean
  constructor({ code, reason, lasting }: { code: string; reason: string; lasting: boolean }) {
    super(reason)
    this.code = code
    this.lasting = lasting
  }
}

/** The server refused or did not answer. `status` 0: it could not be reached. `code` is that of its problem document, or our own. */
export class ServerProblem extends Error {
  status: number
  code: string
  retryAfterMs: number
  constructor({
    status,
    code,
    message,
    retryAfterMs = 0,
  }: {
    status: number
    code: string
    message: string
    retryAfterMs?: number
  }) {
    super(message)
    this.status = status
    this.code = code
    this.retryAfterMs = retryAfterMs
  }
}

/** The first sentence of whatever was thrown, for logs and reports. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** EFBIG and EDQUOT: this process, or this person, may not write more; to the software it is the same full disk. */
export function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(systemCode(error))
}

/** The system's code of an error (`ENOSPC`), or an empty text. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
