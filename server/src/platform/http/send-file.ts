// Sends a file that never changes: ranges, conditions, and a name; nothing is kept in memory (RFC 9110 §13, §14).
import type { IncomingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

export interface ImmutableFile {
  /** Its bytes, or those of a range with both ends; throws before the first where they cannot be had. */
  open(range?: { start: number; end: number }): Promise<Readable>
  /** bytes */
  size: number
  /** hex; becomes the ETag */
  sha256: string
  name: string
}

export type Range = { from: number; to: number } | 'whole' | 'unsatisfiable'

/** One range of bytes, inclusive. Several, or an ill-formed one, mean the whole file: RFC 9110 §14.2 lets a server ignore them. */
export function readRange(header: string | undefined, size: number): Range {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (from === '' && to === '') return 'whole'
  if (from === '')
    return Number(to) === 0 || size === 0 ? 'unsatisfiable' : { from: Math.max(0, size - Number(to)), to: size - 1 }
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < Number(from)) return 'whole'
  return Number(from) >= size ? 'unsatisfiable' : { from: Number(from), to: last }
}

export async function sendFile(reply: FastifyReply, headers: IncomingHttpHeaders, file: ImmutableFile) {
  const etag = `"${file.sha256}"`
  const isCurrent = headers['if-range'] === undefined || headers['if-range'] === etag
  const range = isCurrent ? readRange(headers.range, file.size) : 'whole'
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${file.size}`).send()
  const isKnown = headers['if-none-match'] === etag
  const part = range === 'whole' ? undefined : { start: range.from, end: range.to }
  // Opened before anything is promised: where it is missing, the error must not be kept for a year.
  // For HEAD Fastify would read all of a body, to throw it away.
  const bytes = isKnown ? undefined : reply.request.method === 'HEAD' ? Readable.from([]) : await file.open(part)
  reply.headers({
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=31536000, immutable',
    'content-type': 'application/octet-stream',
    // The name was checked when it came in: no quote, no separator.
    'content-disposition': `attachment; filename="${file.name}"`,
    'x-content-type-options': 'nosniff',
  })
  if (!bytes) return reply.code(304).send()
  if (!part) return reply.header('content-length', file.size).send(bytes)
  return reply
    .code(206)
    .header('content-range', `bytes ${part.start}-${part.end}/${file.size}`)
    .header('content-length', part.end - part.start + 1)
    .send(bytes)
}
