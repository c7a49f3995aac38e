// The rules of group commit, without a database.
import { expect, test } from 'vitest'
import { DatabaseError } from 'pg'
import { Refusal } from './errors.ts'
import { createGroupCommit } from './group-commit.ts'
import { silentLog } from './log.ts'

function databaseError(code: string) {
  const error = new DatabaseError('refused', 1, 'error')
  error.code = code
  return error
}

function openWriter({ maxBatch = 500, maxWaiting = 10_000, isWrong = (_item: number): Error | undefined => undefined } = {}) {
  const batches: number[][] = []
  const free: (() => void)[] = []
  const commit = createGroupCommit<number>({
    name: 'story',
    log: silentLog,
    maxBatch,
    maxWaiting,
    async write(items) {
      await new Promise<void>((resolve) => free.push(resolve))
      const wrong = items.map(isWrong).find((error) => error !== undefined)
      if (wrong) throw wrong
      batches.push(items)
    },
  })
  const go = setInterval(() => free.shift()?.(), 1)
  return { commit, batches, close: () => clearInterval(go) }
}

test('what arrives while a batch is written is written together, in order', async () => {
  const { commit, batches, close } = openWriter()

  const first = commit.save(1)
  await Promise.resolve()
  await Promise.resolve()
  const later = [2, 3, 4].map((item) => commit.save(item))
  await Promise.all([first, ...later])

  expect(batches).toEqual([[1], [2, 3, 4]])
  close()
})

test('a batch has a limit', async () => {
  const { commit, batches, close } = openWriter({ maxBatch: 2 })

  await Promise.all([1, 2, 3, 4, 5].map((item) => commit.save(item)))

  expect(batches).toEqual([[1, 2], [3, 4], [5]])
  close()
})

test('an item that PostgreSQL refuses fails alone, with the true error', async () => {
  const wrong = databaseError('23514')
  const { commit, batches, close } = openWriter({ isWrong: (item) => (item === 2 ? wrong : undefined) })

  const results = await Promise.allSettled([1, 2, 3].map((item) => commit.save(item)))

  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(results[1]).toMatchObject({ reason: wrong })
  expect(batches).toEqual([[1], [3]])
  close()
})

test.each([
  ['a lost connection', new Error('Connection terminated unexpectedly')],
  ['a shutdown', databaseError('57P01')],
  ['a full disk', databaseError('53100')],
])('%s refuses the whole batch at once, and the next batch is tried again', async (_what, error) => {
  let isAway = true
  const { commit, batches, close } = openWriter({ isWrong: () => (isAway ? error : undefined) })

  const results = await Promise.allSettled([commit.save(1), commit.save(2)])
  isAway = false
  await commit.save(3)

  for (const result of results) expect(result).toMatchObject({ reason: { kind: 'unavailable', code: 'story.not_durable' } })
  expect(batches).toEqual([[3]])
  close()
})

test('beyond the limit of what may wait, it refuses at once', async () => {
  const { commit, close } = openWriter({ maxWaiting: 3 })

  const results = await Promise.allSettled([1, 2, 3, 4].map((item) => commit.save(item)))

  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected'])
  expect((results[3] as PromiseRejectedResult).reason).toBeInstanceOf(Refusal)
  expect(results[3]).toMatchObject({ reason: { code: 'story.overloaded' } })
  close()
})

test('drained waits for everything', async () => {
  const { commit, batches, close } = openWriter({ maxBatch: 1 })
  void commit.save(1)
  void commit.save(2)

  await commit.drained()

  expect(batches).toEqual([[1], [2]])
  close()
})
