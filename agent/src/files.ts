// Files that survive a power cut: written beside, flushed, renamed, and the folder flushed too.
import { mkdir, open, readFile, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AgentError, systemCode } from './agent-error.ts'
import { parseJson } from './json.ts'

/** After this returns the file has the new content whatever happens; before, the old one. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const beside = `${path}.tmp`
  const handle = await open(beside, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(beside, path)
  await syncFolder(dirname(path))
}

export async function removeDurably(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true })
  await syncFolder(dirname(path))
}

/** A new or removed name lasts only when its folder was flushed. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o755 })
}

/** The content, or undefined where there is no such file. A file that is not JSON is refused with advice. */
export async function readJsonFile(path: string): Promise<unknown> {
  const text = await readTextFile(path)
  if (text === undefined) return undefined
  const value = parseJson(text)
  if (value === undefined)
    throw new AgentError('file.damaged', `${path} is not JSON. Restore it or remove it, then start the agent again.`)
  return value
}

export async function readTextFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** A single write may take only a part of the bytes. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten
}
