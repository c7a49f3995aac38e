// Runs one task again and again: never twice at once, at once when woken, else after as long as the task says.
import type { Log } from './log.ts'

export interface Background {
  /** Something may have to be done: soon, without waiting for it. */
  wake(): void
  /** Runs now, or waits for the run under way and the one after it; gives what the last run did. */
  run(): Promise<number>
  stop(): Promise<void>
}

export interface Task {
  /** A constant message for the log when a run fails. */
  failure: string
  log: Log
  /** How much was done, and when to look again at the latest. */
  run(stopping: AbortSignal): Promise<{ done: number; againInMs: number }>
  afterFailureMs: number
}

export function createBackground({ failure, log, run, afterFailureMs }: Task): Background {
  const stopping = new AbortController()
  let running: Promise<number> | undefined
  let isWanted = false
  let againInMs = afterFailureMs
  let timer: NodeJS.Timeout | undefined

  async function runUntilQuiet() {
    let done = 0
    do {
      isWanted = false
      const result = await run(stopping.signal)
      done += result.done
      againInMs = result.againInMs
    } while (isWanted && !stopping.signal.aborted)
    return done
  }

  function runAlone() {
    if (running) isWanted = true
    running ??= runUntilQuiet().finally(() => (running = undefined))
    return running
  }

  function wake() {
    if (stopping.signal.aborted) return
    if (running) {
      isWanted = true
      return
    }
    clearTimeout(timer)
    void runAlone()
      .catch((error: unknown) => {
        againInMs = afterFailureMs
        log.warn({ err: error }, failure)
      })
      .then(() => {
        clearTimeout(timer)
        if (!stopping.signal.aborted) timer = setTimeout(wake, againInMs)
      })
  }

  return {
    wake,
    run: runAlone,
    async stop() {
      stopping.abort()
      clearTimeout(timer)
      await running?.catch(() => undefined)
    },
  }
}
