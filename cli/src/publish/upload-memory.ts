// Remembers uploads under way between runs: the same content to the same server goes on where it broke off.
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface UploadMemory {
  recall(content: Content): Promise<string | undefined>
  keep(content: Content, url: string): Promise<void>
  forget(content: Content): Promise<void>
}

export interface Content {
  sha256: string
  size: number
}

/** A disk that cannot remember must not stop an upload; it only begins anew after a break. */
export function createUploadMemory({ folder, server }: { folder: string; server: string }): UploadMemory {
  const fileOf = ({ sha256, size }: Content) =>
    join(folder, createHash('sha256').update(`${server} ${sha256} ${size}`).digest('hex').slice(0, 40))

  return {
    async recall(content) {
      const url = await readFile(fileOf(content), 'utf8').catch(() => undefined)
      // A foreign address would be sent our token.
      return url?.startsWith(`${server}/api/v1/uploads/`) ? url : undefined
    },
    async keep(content, url) {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await writeFile(fileOf(content), url, { mode: 0o600 })
      } catch {
        // See above.
      }
    },
    forget: (content) => rm(fileOf(content), { force: true }).catch(() => undefined),
  }
}
