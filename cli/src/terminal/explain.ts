// Says what went wrong and what to do about it; whatever it says, no token is in it.
import { EXIT } from '../exit-codes.ts'
import { Failure } from '../failure.ts'

const TOKEN = /fw_[A-Za-z0-9_-]{8,}/g

/** Lines for a person. */
export function explain(error: unknown) {
  if (!(error instanceof Failure)) return withoutTokens(`Unexpected: ${error instanceof Error ? error.stack : String(error)}`)
  const { message, fields, advice, code, requestId } = error
  const where = requestId ? `${code}, request ${requestId}` : code
  // A single fault is the detail itself.
  const faults = fields.length > 1 || fields.some(({ detail }) => !message.includes(detail)) ? fields : []
  const lines = [
    message,
    ...faults.map(({ pointer, detail }) => `  ${pointer}: ${detail}`),
    ...(advice ? [advice] : []),
    `(${where})`,
  ]
  return withoutTokens(lines.join('\n'))
}

/** The same for a program: the one document on stdout under `--json`. */
export function explainAsData(error: unknown) {
  const known = error instanceof Failure
  return {
    error: {
      code: known ? error.code : 'internal',
      exitCode: known ? error.exitCode : EXIT.unexpected,
      detail: withoutTokens(error instanceof Error ? error.message : String(error)),
      advice: known ? (error.advice ?? null) : null,
      errors: known ? error.fields : [],
      requestId: known ? (error.requestId ?? null) : null,
    },
  }
}

function withoutTokens(text: string) {
  return text.replaceAll(TOKEN, 'fw_…')
}
