// Counts what the crash tests have killed, over all files of the run, and says so at its end.
import { appendFileSync } from 'node:fs'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    killsFile: string
  }
}

export type Victim = 'server' | 'postgres' | 'agent'

export function countKill(victim: Victim) {
  appendFileSync(inject('killsFile'), `${victim}\n`)
}

/** Each file ends with it: the sum is demanded only where all of them ran. */
export function sayFileIsDone(name: string) {
  appendFileSync(inject('killsFile'), `done ${name}\n`)
}
