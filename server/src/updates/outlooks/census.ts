// Counts whole channels for the outlooks, and remembers the counts for a moment: many customers look at the same channel at once.
import { cohortHash } from '#delivery'
import type { Fleet } from '#fleet'
import type { Clock } from '#platform/clock'

/** A share that is ten seconds old is still true. */
const COUNTS_FOR_MS = 10_000
/** Who is where in the order of a rollout hardly changes while it runs. */
const ORDER_FOR_MS = 60_000

interface Channel {
  productId: string
  channel: string
}

export interface Census {
  /** How many active installations of the channel run the release, of how many. */
  share(channel: Channel, releaseId: string): Promise<{ running: number; of: number }>
  /** Hashes of all active installations of the channel under this salt, rising. */
  order(channel: Channel, salt: string): Promise<string[]>
}

export function createCensus({ fleet, clock }: { fleet: Pick<Fleet, 'countRunning' | 'listActiveIds'>; clock: Clock }): Census {
  const counts = remember(clock, COUNTS_FOR_MS, (channel: Channel) => fleet.countRunning(channel))
  const orders = remember(clock, ORDER_FOR_MS, async ({ salt, ...channel }: Channel & { salt: string }) =>
    (await fleet.listActiveIds(channel)).map((id) => cohortHash(salt, id)).sort(),
  )
  return {
    async share({ productId, channel }, releaseId) {
      const running = await counts({ productId, channel })
      return {
        running: running.find((one) => one.releaseId === releaseId)?.count ?? 0,
        of: running.reduce((sum, { count }) => sum + count, 0),
      }
    },
    order: ({ productId, channel }, salt) => orders({ productId, channel, salt }),
  }
}

/** Who asks the same within this time gets the same answer, also while it is being found; a failure is not kept. */
function remember<Question, Answer>(clock: Clock, forMs: number, ask: (question: Question) => Promise<Answer>) {
  const known = new Map<string, { untilMs: number; answer: Promise<Answer> }>()
  return (question: Question): Promise<Answer> => {
    const nowMs = clock.now().getTime()
    for (const [key, { untilMs }] of known) if (untilMs <= nowMs) known.delete(key)
    const key = JSON.stringify(question)
    const found = known.get(key)
    if (found) return found.answer
    const answer = ask(question)
    known.set(key, { untilMs: nowMs + forMs, answer })
    answer.catch(() => known.delete(key))
    return answer
  }
}
