// Puts the files of a backup into the data folder: each whole and on disk before its name exists, never outside of its place.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sync } from '../durable.ts'
import type { OpenMember } from './archive-reader.ts'
import type { FileKind } from './file-kind.ts'
import { FILES, type Member } from './format.ts'

/** The path below the data folder, of a member that is a file of ours; undefined for another member. */
export function placeOf(name: string, files: FileKind[]) {
  if (!name.startsWith(`${FILES}/`)) return undefined
  const path = name.slice(FILES.length + 1)
  const kind = files.find((one) => one.path.test(path))
  if (kind) return { path, elsewhere: kind.elsewhere }
  throw new Error(`The backup holds ${name}, which is no file of Fairway. Nothing was changed.`)
}

export async function restoreFile(target: string, { bytes }: OpenMember, { size, sha256 }: Member) {
  await mkdir(dirname(target), { recursive: true })
  const draft = `${target}.restoring`
  const file = await open(draft, 'w', 0o600)
  try {
    const digest = createHash('sha256')
    let written = 0
    for await (const chunk of bytes) {
      digest.update(chunk)
      written += chunk.length
      await file.writeFile(chunk)
    }
    if (written !== size || digest.digest('hex') !== sha256)
      throw new Error(`The backup was changed while it was read (${target}).`)
    await file.sync()
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  } finally {
    await file.close()
  }
  await rename(draft, target)
}

/** Only then do the new names survive a power cut. */
export async function syncFolders(paths: Iterable<string>) {
  for (const folder of new Set([...paths].map((path) => dirname(path)))) await sync(folder)
}

/** Gives how to take it back; undefined where the data folder has this secret already. */
export async function putSecret(
  dataDir: string,
  secret: string,
): Promise<{ keptAs: string | undefined; undo(): Promise<void> } | undefined> {
  const file = join(dataDir, 'secret')
  const before = existsSync(file) ? (await readFile(file, 'utf8')).trim() : undefined
  if (before === secret) return undefined
  const keptAs = before === undefined ? undefined : `${file}.before-restore-${new Date().toISOString().replaceAll(':', '')}`
  const draft = `${file}.restoring`
  const handle = await open(draft, 'w', 0o600)
  await handle.writeFile(`${secret}\n`)
  await handle.sync()
  await handle.close()
  if (keptAs) await rename(file, keptAs)
  await rename(draft, file)
  await sync(dataDir)
  return { keptAs, undo: () => (keptAs ? rename(keptAs, file) : rm(file)) }
}
