// Turns an answer of the API into its value, or its problem document into a failure that says what to do.
import { EXIT, type ExitCode, exitCodeOf } from '../exit-codes.ts'
import { Failure, type FieldFault } from '../failure.ts'

type ValueOf<Given extends ApiAnswer> = Exclude<Given['data'], undefined>

interface ApiAnswer {
  data?: unknown
  error?: unknown
  response: Response
}

export async function ask<Given extends ApiAnswer>(asked: Promise<Given>): Promise<ValueOf<Given>> {
  const { data, error, response } = await asked
  if (!response.ok) throw failureOf(response.status, error)
  return data as ValueOf<Given> // what 2xx brings, by the document of the API
}

/** The same, but undefined where there is no such thing. */
export async function askIfThere<Given extends ApiAnswer>(asked: Promise<Given>) {
  try {
    return await ask(asked)
  } catch (error) {
    if (error instanceof Failure && error.exitCode === EXIT.notFound) return undefined
    throw error
  }
}

export function failureOf(status: number, problem: unknown) {
  const exitCode = exitCodeOf(status)
  const code = text(problem, 'code') ?? `http.${status}`
  return new Failure({
    exitCode,
    code,
    detail: text(problem, 'detail') ?? `The server answered ${status}.`,
    advice: adviceFor(code, status, exitCode),
    fields: fieldsOf(problem),
    requestId: text(problem, 'requestId'),
  })
}

function adviceFor(code: string, status: number, exitCode: ExitCode) {
  if (code === 'token.scope_missing') return 'Make a token that may do this: fairway token create --scope …, or in the console.'
  if (status === 401) return 'Your token is not valid any more. Sign in with another one: fairway login SERVER.'
  if (exitCode === EXIT.denied) return 'Ask an administrator, or use a token of somebody who may.'
  if (exitCode === EXIT.unreachable) return 'Wait a moment, then run this again.'
  if (exitCode === EXIT.unexpected) return 'Run it again; if it stays so, tell your administrator the number of the request.'
  return undefined
}

function fieldsOf(problem: unknown): FieldFault[] {
  const errors = typeof problem === 'object' && problem !== null && 'errors' in problem ? problem.errors : []
  if (!Array.isArray(errors)) return []
  return errors.map((one: unknown) => ({ pointer: text(one, 'pointer') ?? '/', detail: text(one, 'detail') ?? 'is wrong' }))
}

function text(value: unknown, key: string) {
  const found = typeof value === 'object' && value !== null && key in value ? (value as Record<string, unknown>)[key] : undefined
  return typeof found === 'string' ? found : undefined
}
