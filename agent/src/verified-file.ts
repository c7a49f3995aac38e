// Writes a file of which every byte is known beforehand by size and digest: flushed and right, or an error.
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { PlainContent } from '@fairway/trust'
import { writeAll } from './files.ts'

/** Never writes more than was promised. */
export async function writeVerified(
  file: string,
  content: AsyncIterable<Uint8Array>,
  { sha256, size }: PlainContent,
): Promise<void> {
  const digest = createHash('sha256')
  let at = 0
  await using handle = await open(file, 'w', 0o600)
  for await (const chunk of content) {
    at += chunk.length
    if (at > size) throw new Error(`it holds more than the ${size} bytes that were signed`)
    digest.update(chunk)
    await writeAll(handle, chunk)
  }
  if (at < size) throw new Error(`it holds only ${at} of the ${size} bytes that were signed`)
  if (digest.digest('hex') !== sha256) throw new Error('its digest is not the one that was signed')
  await handle.sync()
}
