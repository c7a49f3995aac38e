// The two digests of a file, read once, in pieces.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

export async function digestsOf(file: string): Promise<{ sha256: string; sha512: string }> {
  const sha256 = createHash('sha256')
  const sha512 = createHash('sha512')
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    sha256.update(chunk)
    sha512.update(chunk)
  }
  return { sha256: sha256.digest('hex'), sha512: sha512.digest('hex') }
}
