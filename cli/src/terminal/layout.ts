// How lists, things and instants look in a terminal: plain words in columns, so that grep and awk work too.
import { plainLine, plainText } from './plain-text.ts'

type Cell = string | number | boolean | null | undefined

/** @param empty what to say where there is nothing: it teaches what comes next. */
export function table(head: string[], rows: Cell[][], empty: string) {
  if (rows.length === 0) return empty
  const lines = [head, ...rows.map((row) => row.map(textOf))]
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** One thing, a line for each fact; facts that are absent are left out. */
export function facts(known: Record<string, Cell>) {
  const present = Object.entries(known).filter(([, value]) => value !== null && value !== undefined && value !== '')
  const width = Math.max(...present.map(([name]) => name.length))
  return present.map(([name, value]) => `${name.padEnd(width)}  ${textOf(value)}`).join('\n')
}

/** A text of several lines under its heading; nothing where it is empty. */
export function section(heading: string, text: string) {
  return text.trim() === '' ? '' : `\n\n${heading}\n${plainText(text).trim()}`
}

/** `2026-11-23 04:12 UTC`; `-` where it never was. */
export function instant(iso: string | null | undefined) {
  return iso ? `${iso.slice(0, 16).replace('T', ' ')} UTC` : '-'
}

function textOf(cell: Cell) {
  if (cell === null || cell === undefined || cell === '') return '-'
  return plainLine(typeof cell === 'boolean' ? (cell ? 'yes' : 'no') : String(cell))
}
