// Makes the ids and secrets of things: a prefix that says what it is, and randomness that nobody guesses.
import { randomBytes, randomInt } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** `prefix_` and 16 characters of Crockford's base 32: 80 bits, enough to never meet its twin. */
export function newId(prefix: string) {
  let text = ''
  for (let i = 0; i < 16; i++) text += ALPHABET[randomInt(32)]
  return `${prefix}_${text}`
}

/** 256 random bits as base64url, 43 characters. */
export function newSecret() {
  return randomBytes(32).toString('base64url')
}
