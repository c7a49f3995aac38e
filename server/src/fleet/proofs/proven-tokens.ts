// Remembers tokens whose HMAC was right, so that it is computed once and not at every poll.

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
 *
 * Two generations: when one is full, or as old as a token can be, it becomes the elder one, and the elder one is forgotten.
 * What is still shown then is proved once more.
 */
export function createProvenTokens(lifetimeMs: number) {
  let young = new Map<string, Claims>()
  let old = new Map<string, Claims>()
  let beganMs = -Infinity

  return {
    find: (token: string) => young.get(token) ?? old.get(token),
    remember(token: string, claims: Claims, nowMs: number) {
      if (young.size >= PER_GENERATION || nowMs - beganMs >= lifetimeMs) {
        old = young
        young = new Map()
        beganMs = nowMs
      }
      young.set(token, claims)
    },
    size: () => young.size + old.size,
  }
}
