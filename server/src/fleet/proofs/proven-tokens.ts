// Remembers tokens whose HMAC was right, so that it is computed once and not at every poll.
import { createRecent } from '#platform/recent'

/** What a token says by itself. */
export interface Claims {
  installationId: string
  instance: string
  expiresMs: number
}

const PER_GENERATION = 50_000

/**
 * Safe, because a verdict on the HMAC never changes: it hangs on nothing but the token, whole, and a secret that this process keeps.
 * What does change, its time and the state of its installation, is judged anew each time. Wrong tokens are not remembered, so only
 * who holds a key can fill this; and a look-up by a hash that is seeded by chance tells nobody how much of a guess was right.
 * Forgotten when as old as a token can be.
 */
export function createProvenTokens(lifetimeMs: number) {
  const { find, remember, turn, size } = createRecent<Claims>(PER_GENERATION)
  let turnedMs = -Infinity

  return {
    find,
    remember(token: string, claims: Claims, nowMs: number) {
      if (nowMs - turnedMs >= lifetimeMs) {
        turn()
        turnedMs = nowMs
      }
      remember(token, claims)
    },
    size,
  }
}
