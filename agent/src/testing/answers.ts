// Reads what a test's server is asked and answers as Fairway does: JSON, and problem documents.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { parseJson } from '../json.ts'

export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return parseJson(Buffer.concat(chunks).toString('utf8'))
}

export function json(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

export function problem(response: ServerResponse, status: number, code: string) {
  response.writeHead(status, { 'content-type': 'application/problem+json' })
  response.end(
    JSON.stringify({
      type: 'about:blank',
      title: code,
      status,
      code,
      detail: `The test says ${code}.`,
      requestId: 'r',
      errors: [],
    }),
  )
}
