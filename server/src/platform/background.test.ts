import { expect, test } from 'vitest'
import { createBackground } from './background.ts'
import { silentLog } from './log.ts'

function aTask(run: () => Promise<{ done: number; againInMs: number }>) {
  return createBackground({ failure: 'it failed', log: silentLog, afterFailureMs: 1, run })
}

test('a task never runs twice at once, and a call during a run makes one more', async () => {
  let [runs, atOnce, most] = [0, 0, 0]
  const background = aTask(async () => {
    runs++
    most = Math.max(most, ++atOnce)
    await new Promise(setImmediate)
    atOnce--
    return { done: 1, againInMs: 1e6 }
  })

  const done = await Promise.all([background.run(), background.run(), background.run()])
  await background.stop()

  expect({ runs, most, done }).toEqual({ runs: 2, most: 1, done: [2, 2, 2] })
})

test('a task that fails is run again', async () => {
  let runs = 0
  const recovered = Promise.withResolvers<void>()
  const background = aTask(async () => {
    if (++runs < 3) throw new Error('not yet')
    recovered.resolve()
    return { done: 0, againInMs: 1e6 }
  })

  background.wake()
  await recovered.promise
  await background.stop()

  expect(runs).toBe(3)
})

test('nothing runs after the stop', async () => {
  let runs = 0
  const background = aTask(async () => ({ done: ++runs, againInMs: 0 }))

  await background.stop()
  background.wake()
  await new Promise(setImmediate)

  expect(runs).toBe(0)
})
