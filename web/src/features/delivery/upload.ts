// What an upload is while it waits, runs, pauses or fails. Pure.
import type { Problem } from '#api'
import { type Pace, startPace } from './pace.ts'
import { artifactName, guessTarget, type Target } from './targets.ts'

export interface UploadRow {
  key: string
  /** As it will be called in the release. */
  name: string
  size: number
  /** Undefined after a reload: browsers forget files, so it must be chosen again. */
  file: File | undefined
  target: Target
  state: 'ready' | 'lost' | 'sending' | 'paused' | 'checking' | 'failed'
  sent: number
  pace: Pace
  problem: Problem | undefined
  /** Known once every byte is there: only the server's check is left. */
  uploadId: string | undefined
}

export function rowOf(file: File): UploadRow {
  const name = artifactName(file.name)
  return {
    key: keyOf(file),
    name,
    size: file.size,
    file,
    target: guessTarget(file.name),
    state: 'ready',
    sent: 0,
    pace: startPace(Date.now(), 0),
    problem: undefined,
    uploadId: undefined,
  }
}

/** The same file, chosen again, is the same upload. */
export function keyOf({ name, size, lastModified }: Pick<File, 'name' | 'size' | 'lastModified'>) {
  return `${name}·${size}·${lastModified}`
}

/** Files that were chosen beside what is there: one that was lost by a reload gets its file back, one that is there already stays. */
export function withFiles(rows: UploadRow[], files: File[]): UploadRow[] {
  const chosen = files.map(rowOf)
  const isChosen = (row: UploadRow) => chosen.find(({ key }) => key === row.key)
  const found = rows.map((row) => {
    const again = isChosen(row)
    return again && row.state === 'lost' ? { ...again, target: row.target } : row
  })
  return [...found, ...chosen.filter(({ key }) => !rows.some((row) => row.key === key))]
}
