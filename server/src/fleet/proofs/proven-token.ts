// Remembers of each installation the token whose HMAC was right last, so that it is computed once and not at every poll.

/** What a token says by itself, and the token that said it. */
export interface Proof {
  readonly token: string
  readonly instance: string
  readonly expiresMs: number
}

/**
 * Safe, because a verdict on the HMAC never changes: it hangs on nothing but the token, whole, and a secret that this process keeps.
 * What does change, its time and the state of its installation, is judged anew each time. Wrong tokens are not remembered, and there is
 * one for each installation that we know, so nobody can fill anything. The comparison takes as long wherever the two differ, and so
 * tells nobody how much of a guess was right.
 */
export function isProven(proof: Proof, token: string) {
  if (proof.token.length !== token.length) return false
  let difference = 0
  for (let at = 0; at < token.length; at += 1) difference |= proof.token.charCodeAt(at) ^ token.charCodeAt(at)
  return difference === 0
}
