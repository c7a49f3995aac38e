// The log that PostgreSQL writes: turned over at start when it has grown, and asked when a start fails.
import { closeSync, existsSync, fstatSync, openSync, readSync, renameSync, statSync } from 'node:fs'
import { explained, type DataFolder } from './data-folder.ts'

const TURN_OVER_BYTES = 10 * 2 ** 20

export function openLog({ path, logFile }: DataFolder): number {
  return explained(path, () => {
    if (existsSync(logFile) && statSync(logFile).size > TURN_OVER_BYTES) renameSync(logFile, `${logFile}.1`)
    return openSync(logFile, 'a', 0o600)
  })
}

/** The last complaint in the log, without its timestamp. */
export function lastComplaint({ logFile }: DataFolder): string {
  const lines = tailOf(logFile).split('\n')
  const complaint = lines.findLast((line) => /\b(FATAL|PANIC|ERROR):/.test(line)) ?? lines.findLast((line) => line.trim() !== '')
  return complaint?.replace(/^.*?(FATAL|PANIC|ERROR): +/, '').trim() ?? 'it said nothing'
}

function tailOf(file: string): string {
  const descriptor = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(Math.min(fstatSync(descriptor).size, 8192))
    readSync(descriptor, bytes, 0, bytes.length, fstatSync(descriptor).size - bytes.length)
    return bytes.toString('utf8')
  } finally {
    closeSync(descriptor)
  }
}
