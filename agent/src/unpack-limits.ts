// What an archive may do: which names, which kinds of entries, how many and how much; pure.
import { StepFailure, sentenceOf, systemCode } from './agent-error.ts'

export interface Limits {
  entries: number
  bytes: number
  ratio: number
  /** Below this many bytes the ratio is not judged: small files of zeros are honest. */
  ratioFromBytes: number
}

export const defaultLimits: Limits = { entries: 100_000, bytes: 8 * 1024 ** 3, ratio: 200, ratioFromBytes: 16 * 1024 ** 2 }

const maxPathBytes = 1024
const maxPartBytes = 255

/** The signed bytes themselves are at fault: no second try can help. */
export function refuseArchive(reason: string): never {
  throw new StepFailure({ code: 'archive_refused', reason: `The archive is refused: ${reason}`, lasting: true })
}

/** Errors of the disk (`ENOSPC`) keep their code; what remains is the archive's own: cut off, damaged, of another kind. */
export function asRefusal(error: unknown): unknown {
  if (error instanceof StepFailure || /^E[A-Z]+$/.test(systemCode(error))) return error
  return new StepFailure({ code: 'archive_refused', reason: `The archive cannot be read: ${sentenceOf(error)}`, lasting: true })
}

export interface Tally {
  /** The safe relative path of an entry, or undefined for the root itself. Each name may come once. */
  take(name: string): string | undefined
  /** Bytes that came out of the archive. */
  add(bytes: number): void
}

export function createTally(limits: Limits, archiveBytes: number): Tally {
  const seen = new Set<string>()
  let entries = 0
  let bytes = 0
  return {
    take(name) {
      entries += 1
      if (entries > limits.entries) refuseArchive(`it has more than ${limits.entries} entries.`)
      const path = safePath(name)
      if (path !== undefined && seen.has(path)) refuseArchive(`${shown(name)} is in it twice.`)
      if (path !== undefined) seen.add(path)
      return path
    },
    add(more) {
      bytes += more
      if (bytes > limits.bytes) refuseArchive(`it unpacks to more than ${limits.bytes} bytes.`)
      if (bytes > limits.ratioFromBytes && bytes > archiveBytes * limits.ratio)
        refuseArchive(`it unpacks to more than ${limits.ratio} times its size.`)
    },
  }
}

/** The path with `./` in front and `/` at the end taken away. Refuses whatever could leave the folder or name a thing twice. */
export function safePath(name: string): string | undefined {
  const path = name.replace(/^(?:\.\/)+/, '').replace(/\/$/, '')
  if (path === '' || path === '.') return name.startsWith('/') ? refuseArchive('it has an absolute path.') : undefined
  if (path.startsWith('/')) refuseArchive(`${shown(name)} is an absolute path.`)
  if (/[\\\0-\x1f\x7f\ufffd]/.test(path))
    refuseArchive(`${shown(name)} holds a backslash, a control character or bytes that are not UTF-8.`)
  const parts = path.split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..')) refuseArchive(`${shown(name)} is not a plain path.`)
  if (Buffer.byteLength(path) > maxPathBytes || parts.some((part) => Buffer.byteLength(part) > maxPartBytes))
    refuseArchive('it has a path that is too long.')
  return path
}

/** No setuid, no world-writable: only whether it may be run is taken from the archive. */
export function safeMode(mode: number | undefined): number {
  return ((mode ?? 0) & 0o111) === 0 ? 0o644 : 0o755
}

export function shown(name: string): string {
  return JSON.stringify(name.slice(0, 100))
}
