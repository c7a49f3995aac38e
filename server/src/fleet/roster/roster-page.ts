// Reads a page of the roster as PostgreSQL wrote it (`roster-queries.ts`), byte by byte: at the start this happens a million times.
import type { RosterRow } from './roster.ts'

const TAB = 9
const NEWLINE = 10
const ZERO = 48

/** Texts are copied out of the page: a piece of it would keep all of it in memory. */
export function* rowsOf(lines: string): Generator<RosterRow> {
  const page = Buffer.from(lines)
  let start = 0
  while (start < page.length) {
    const end = endOf(page, start, NEWLINE)
    yield rowOf(page, start, end)
    start = end + 1
  }
}

function rowOf(page: Buffer, start: number, end: number): RosterRow {
  const idEnd = endOf(page, start, TAB)
  const revisionEnd = endOf(page, idEnd + 1, TAB)
  const instanceEnd = endOf(page, revisionEnd + 1, TAB)
  const copiedEnd = endOf(page, instanceEnd + 1, TAB)
  const seenEnd = endOf(page, copiedEnd + 1, TAB)
  return {
    id: page.toString('latin1', start, idEnd),
    revision: numberIn(page, idEnd + 1, revisionEnd),
    instance: instanceEnd === revisionEnd + 1 ? null : page.toString('latin1', revisionEnd + 1, instanceEnd),
    isCopied: page[copiedEnd - 1] !== ZERO,
    lastSeenMs: numberIn(page, copiedEnd + 1, seenEnd),
    standing: page.toString('utf8', seenEnd + 1, end),
  }
}

/** Where this byte stands, or the end of the page. */
function endOf(page: Buffer, from: number, byte: number) {
  let at = from
  while (at < page.length && page[at] !== byte) at += 1
  return at
}

function numberIn(page: Buffer, from: number, to: number) {
  let value = 0
  for (let at = from; at < to; at += 1) value = value * 10 + (page[at] ?? ZERO) - ZERO
  return value
}
