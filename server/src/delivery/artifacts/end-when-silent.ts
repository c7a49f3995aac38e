// Passes bytes on, and gives up on a source that keeps a reader waiting for too long; a reader may take its time.
import { Readable } from 'node:stream'

export function endWhenSilent(source: Readable, limitMs: number): Readable {
  const bytes = Readable.from(chunksOf(source, limitMs), { objectMode: false })
  // Also while a chunk is awaited, when the loop below would not hear of it.
  bytes.once('close', () => source.destroy())
  return bytes
}

async function* chunksOf(source: Readable, limitMs: number) {
  const giveUp = () => source.destroy(new Error(`No byte came for ${limitMs / 1000} s.`))
  let timer = setTimeout(giveUp, limitMs)
  try {
    for await (const chunk of source) {
      clearTimeout(timer)
      yield chunk
      timer = setTimeout(giveUp, limitMs)
    }
  } finally {
    clearTimeout(timer)
  }
}
