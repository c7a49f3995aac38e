// When installations were heard last: what is written, and what a failure leaves.
import { expect, test } from 'vitest'
import { silentLog } from '#platform/log'
import { createLastSeen } from './last-seen.ts'

test('five thousand are written at once, without waiting for the next turn', async () => {
  const saved: number[] = []
  const lastSeen = createLastSeen({ log: silentLog, save: async (seen) => void saved.push(seen.size) })

  for (let place = 0; place < 5001; place++) lastSeen.note(`in_${place}`, place)
  await lastSeen.stop()

  expect(saved).toEqual([5000, 1])
})

test('what could not be written is written the next time, but never over something newer', async () => {
  const saved: [string, number][][] = []
  let isAway = true
  const lastSeen = createLastSeen({
    log: silentLog,
    async save(seen) {
      if (isAway) throw new Error('away')
      saved.push([...seen])
    },
  })
  lastSeen.note('in_1', 1)
  lastSeen.note('in_2', 1)
  await lastSeen.stop()

  isAway = false
  lastSeen.note('in_2', 2)
  await lastSeen.stop()

  expect(saved).toEqual([
    [
      ['in_1', 1],
      ['in_2', 2],
    ],
  ])
})
