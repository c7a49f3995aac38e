// The password of the embedded PostgreSQL: made once, kept 0600 in the data folder.
import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { explained, type DataFolder } from './data-folder.ts'

export function keepPassword(folder: DataFolder): string {
  refuseLostPassword(folder)
  return explained(folder.path, () => {
    if (!existsSync(folder.passwordFile)) writeOnce(folder.passwordFile, randomBytes(24).toString('base64url'))
    return readFileSync(folder.passwordFile, 'utf8').trim()
  })
}

function refuseLostPassword({ cluster, passwordFile }: DataFolder): void {
  if (existsSync(passwordFile) || !existsSync(join(cluster, 'PG_VERSION'))) return
  throw new Error(
    `The password of the database in ${cluster} is lost: ${passwordFile} is missing. Put it back from the backup that the folder came from; without it nobody can sign in to the database.`,
  )
}

/** Linked, not written in place: a start that is killed leaves no half password, and of two starts one wins. */
function writeOnce(file: string, password: string): void {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${password}\n`, { mode: 0o600, flush: true })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
}
