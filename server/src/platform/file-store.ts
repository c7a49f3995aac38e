// Keeps files below a folder: streamed in with a limit, on disk before they are acknowledged, all or nothing.
import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { sync, undefinedIfMissing } from './durable.ts'
import { Refusal } from './errors.ts'
import { newId } from './ids.ts'

export interface SavedFile {
  size: number
  /** hex */
  sha256: string
  /** The first bytes, enough to tell what it is. */
  head: Buffer
}

export interface FileStore {
  /** Refuses with `too_large` beyond the limit; a stream that breaks off leaves nothing. */
  save(id: string, bytes: Readable, limitBytes: number): Promise<SavedFile>
  /** Undefined where there is none. The stream closes the file when it ends or is destroyed. */
  open(id: string): Promise<{ stream: Readable; size: number } | undefined>
  remove(id: string): Promise<void>
  /** Ids of files that were last written before this moment. */
  listOlderThan(moment: Date): Promise<string[]>
  /** Removes what a killed process left half written before this moment. */
  removeUnfinished(before: Date): Promise<void>
}

const HEAD_BYTES = 4100
const ID = /^[a-z]{1,8}_[a-z0-9]{16}$/

/** @param folder made when the first file comes; nothing else may write there. */
export function createFileStore(folder: string): FileStore {
  const incoming = join(folder, 'incoming')
  const kept = join(folder, 'kept')
  // Ids are ours, but a path is never built from what was not looked at.
  const pathOf = (id: string) => {
    if (!ID.test(id)) throw new Error('This is not the id of a file.')
    return join(kept, id)
  }

  return {
    async save(id, bytes, limitBytes) {
      const target = pathOf(id)
      await mkdir(incoming, { recursive: true })
      await mkdir(kept, { recursive: true })
      const part = join(incoming, newId('part'))
      try {
        const saved = await writeAll(part, bytes, limitBytes)
        await rename(part, target)
        await sync(kept)
        return saved
      } catch (error) {
        await rm(part, { force: true })
        throw error
      }
    },
    async open(id) {
      const file = await open(pathOf(id), 'r').catch(undefinedIfMissing)
      if (!file) return undefined
      const { size } = await file.stat()
      return { stream: file.createReadStream(), size }
    },
    remove: (id) => rm(pathOf(id), { force: true }),
    listOlderThan: (moment) => listOlder(kept, moment),
    async removeUnfinished(before) {
      for (const name of await listOlder(incoming, before)) await rm(join(incoming, name), { force: true })
    },
  }
}

async function writeAll(path: string, bytes: Readable, limitBytes: number): Promise<SavedFile> {
  const file = await open(path, 'wx', 0o600)
  try {
    const digest = createHash('sha256')
    let head = Buffer.alloc(0)
    let size = 0
    // Not destroyed when we refuse: the refusal has to reach the sender over the same connection.
    for await (const chunk of bytes.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > limitBytes) throw tooLarge(limitBytes)
      digest.update(chunk)
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)])
      await file.writeFile(chunk)
    }
    await file.sync()
    return { size, sha256: digest.digest('hex'), head }
  } catch (error) {
    // The sender's doing, not a fault of ours.
    if (bytes.errored) throw new Refusal('invalid', 'file.broke_off', 'The file broke off on its way. Send it again.')
    throw error
  } finally {
    await file.close()
  }
}

export function tooLarge(limitBytes: number) {
  return new Refusal('too_large', 'file.too_large', `A file has at most ${Math.floor(limitBytes / 1_048_576)} MiB.`)
}

async function listOlder(folder: string, moment: Date) {
  const names = (await readdir(folder).catch(undefinedIfMissing)) ?? []
  const old: string[] = []
  for (const name of names) {
    const found = await stat(join(folder, name)).catch(undefinedIfMissing)
    if (found && found.mtime < moment) old.push(name)
  }
  return old
}
