// When installations were heard last: what is written, and what a failure leaves.
import { expect, test, vi } from 'vitest'
import { silentLog } from '#platform/log'
import type { Seen } from '../installations/installation-store.ts'
import { createLastSeen, FLUSH_MS, type Heard } from './last-seen.ts'

const anEntry = (id: string): Heard => ({ id, lastSeenMs: 0, isSeenUnsaved: false })
const told = (seen: Seen[]) => seen.map(({ id, lastSeenMs }) => [id, lastSeenMs])

test('a flush writes so many and no more, in batches, whoever waited longest first', async () => {
  vi.useFakeTimers()
  const saved: Seen[][] = []
  const lastSeen = createLastSeen({ log: silentLog, save: async (seen) => void saved.push([...seen]) })
  const entries = Array.from({ length: 50_000 }, (_, place) => anEntry(`in_${place}`))
  lastSeen.start()

  for (const entry of entries) lastSeen.note(entry, 1)
  await vi.advanceTimersByTimeAsync(FLUSH_MS)
  const first = saved.flat()
  for (const entry of entries) lastSeen.note(entry, 2)
  await vi.advanceTimersByTimeAsync(FLUSH_MS)
  vi.useRealTimers()
  await lastSeen.stop()

  expect(Math.max(...saved.map(({ length }) => length))).toBe(2500)
  expect([first.length, first[0]?.id, first.at(-1)?.id]).toEqual([20_000, 'in_0', 'in_19999'])
  expect(saved.flat()[20_000]?.id).toBe('in_20000')
  expect(saved.flat()).toHaveLength(20_000 + 50_000)
})

test('one that is heard often waits once, with the latest time', async () => {
  const saved: (string | number)[][] = []
  const lastSeen = createLastSeen({ log: silentLog, save: async (seen) => void saved.push(...told(seen)) })
  const entry = anEntry('in_1')

  for (const ms of [1, 2, 3]) lastSeen.note(entry, ms)
  await lastSeen.stop()

  expect(saved).toEqual([['in_1', 3]])
})

test('what could not be written is written the next time, but never over something newer', async () => {
  const saved: (string | number)[][] = []
  let isAway = true
  const lastSeen = createLastSeen({
    log: silentLog,
    async save(seen) {
      if (isAway) throw new Error('away')
      saved.push(...told(seen))
    },
  })
  const [one, two] = [anEntry('in_1'), anEntry('in_2')]
  lastSeen.note(one, 1)
  lastSeen.note(two, 1)
  await lastSeen.stop()

  isAway = false
  lastSeen.note(two, 2)
  await lastSeen.stop()

  expect(saved).toEqual([
    ['in_1', 1],
    ['in_2', 2],
  ])
})
