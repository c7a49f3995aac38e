// The exit codes, for scripts and CI: their numbers are a promise.
export const EXIT = {
  done: 0,
  unexpected: 1,
  usage: 2,
  denied: 3,
  notFound: 4,
  refused: 5,
  unreachable: 6,
  halted: 20,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

export const EXIT_HELP = `
Exit codes
   0  done
   1  unexpected: a fault of ours, or of this machine
   2  wrong usage
   3  not signed in, or not allowed
   4  not found
   5  refused by a rule (conflict, or not valid)
   6  server unreachable, or too busy: try again later
  20  the rollout was halted

Environment
  FAIRWAY_SERVER, FAIRWAY_TOKEN   instead of "fairway login", for CI
  FAIRWAY_KEY_PASSPHRASE          opens the key of "fairway keys sign"; otherwise it is asked for
`

/** What the status of a problem document means to a script. */
export function exitCodeOf(status: number): ExitCode {
  if (status === 401 || status === 403) return EXIT.denied
  if (status === 404) return EXIT.notFound
  if (status === 429 || (status >= 502 && status <= 504)) return EXIT.unreachable
  return status >= 400 && status < 500 ? EXIT.refused : EXIT.unexpected
}
