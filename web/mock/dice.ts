// Dice that always fall the same way: a mocked world must look the same each time it is made.
import { createHash } from 'node:crypto'

/** A number that follows from the text, 0 up to `sides`. */
export function dieOf(text: string, sides: number) {
  let hash = 2_166_136_261
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619)
  // Without stirring, texts that end alike would fall alike (murmur3's last step).
  hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507)
  hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_909)
  return ((hash ^ (hash >>> 16)) >>> 0) % sides
}

/** What looks like a digest, from any words. */
export function digestOf(words: string) {
  return createHash('sha256').update(words).digest('hex')
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const LETTERS = 10

/** An id with the letters of the server's, from a seed. */
export function idOf(prefix: string, seed: string) {
  const bytes = createHash('sha256').update(seed).digest().subarray(0, LETTERS)
  return `${prefix}_${[...bytes].map((byte) => ALPHABET[byte & 31]).join('')}`
}

let made = 0
/** A new one, of this process. */
export function freshId(prefix: string) {
  made += 1
  return idOf(prefix, `fresh ${made} ${process.pid}`)
}
