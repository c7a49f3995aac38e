// Runs the reactions: when this was announced, that is done; at least once, in order for each subject, on one process at a time.
import { createBackground } from '../background.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db.ts'
import type { Event, EventName } from '../events.ts'
import { newId } from '../ids.ts'
import type { Log } from '../log.ts'
import { endOfLog, START } from './log-store.ts'
import { addCursor, freeCursor } from './reactions-store.ts'
import { runReaction } from './run-reaction.ts'

export interface Reaction {
  /** Kept for ever: the cursor goes by this name. */
  name: string
  events: EventName[]
  /** Where it begins when it is new: projections at the start of the log, what has effects at its end. */
  from: 'start' | 'end'
  /** Idempotent: may be called again with the same event. */
  handle(event: Event): Promise<void>
}

/** One row of the table of reactions, typed by its event. */
export function on<Name extends EventName>(name: Name, id: string, handle: (event: Event<Name>) => Promise<void>): Reaction {
  // The runner calls it only with events of this name.
  return { name: id, events: [name], from: 'end', handle: handle as Reaction['handle'] }
}

export interface Reactions {
  start(): Promise<void>
  /** Does everything that can be done now; returns how many events were looked at. */
  runDue(): Promise<number>
  wake(): void
  stop(): Promise<void>
}

const SWEEP_MS = 2000

export interface ReactionsNeeds {
  db: Db
  clock: Clock
  log: Log
  reactions: Reaction[]
  /** Called after something was done: it may have made rows due. */
  onDone?: () => void
}

export function createReactions({ db, clock, log, reactions, onDone }: ReactionsNeeds): Reactions {
  const owner = newId('pr')
  const background = createBackground({
    failure: 'reactions could not run; trying again',
    log,
    afterFailureMs: SWEEP_MS,
    async run(stopping) {
      let done = 0
      for (const reaction of reactions) done += await runReaction({ db, clock, log, owner, stopping }, reaction)
      if (done > 0) onDone?.()
      return { done, againInMs: SWEEP_MS }
    },
  })

  return {
    async start() {
      const end = await endOfLog(db)
      for (const reaction of reactions) await addCursor(db, reaction.name, reaction.from === 'start' ? START : end)
    },
    runDue: background.run,
    wake: background.wake,
    async stop() {
      await background.stop()
      await freeCursor(db, owner).catch(() => undefined)
    },
  }
}
