// Makes the ids and secrets of things: a prefix that says what it is, and randomness that nobody guesses.
import { randomBytes } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** `prefix_` and 16 characters of Crockford's base 32: 80 bits, enough to never meet its twin. */
export function newId(prefix: string) {
  let text = `${prefix}_`
  // 256 is a multiple of 32, so every letter is as likely.
  for (const byte of randomBytes(16)) text += ALPHABET[byte & 31]
  return text
}

/** 256 random bits as base64url, 43 characters. */
export function newSecret() {
  return randomBytes(32).toString('base64url')
}
