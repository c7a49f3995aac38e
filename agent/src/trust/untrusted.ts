// What is not believed, as a value: an expected outcome, with a code for programs and a sentence for people.

/** `passes`: not the release's fault, so it is told as a setback and tried again. */
export interface Untrusted {
  ok: false
  code: string
  reason: string
  passes: boolean
}

export function untrusted(code: string, reason: string): Untrusted {
  return { ok: false, code, reason, passes: false }
}

/** Names both times: most often it is this machine's clock that is wrong. */
export function expired(code: string, what: string, { expires, now }: { expires: string; now: Date }): Untrusted {
  const advice = `Look at this machine's clock first; if it is right, the server has not renewed what it signs.`
  return {
    ok: false,
    code,
    reason: `${what} expired at ${expires}; the clock here says ${now.toISOString()}. ${advice}`,
    passes: true,
  }
}
