// The one shape of what goes wrong expectedly: a sentence, what to do, and an exit code. Everything else that is thrown is a bug.
import { EXIT, type ExitCode } from './exit-codes.ts'

export interface FieldFault {
  pointer: string
  detail: string
}

interface Fault {
  exitCode: ExitCode
  /** Of the server's problem document, or ours. */
  code: string
  detail: string
  /** What to do now, in a sentence. */
  advice?: string | undefined
  fields?: FieldFault[]
  requestId?: string | undefined
}

export class Failure extends Error {
  readonly exitCode: ExitCode
  readonly code: string
  readonly advice: string | undefined
  readonly fields: FieldFault[]
  readonly requestId: string | undefined

  constructor({ exitCode, code, detail, advice, fields = [], requestId }: Fault) {
    super(detail)
    this.exitCode = exitCode
    this.code = code
    this.advice = advice
    this.fields = fields
    this.requestId = requestId
  }
}

export function wrongUsage(detail: string, advice?: string) {
  return new Failure({ exitCode: EXIT.usage, code: 'usage.wrong', detail, advice })
}

export function notFound(code: string, detail: string, advice?: string) {
  return new Failure({ exitCode: EXIT.notFound, code, detail, advice })
}

export function refused(code: string, detail: string, advice?: string) {
  return new Failure({ exitCode: EXIT.refused, code, detail, advice })
}
