// The way of a fix: the soonest of those that have the fault says when, and nothing is promised that nobody knows.
import { expect, test } from 'vitest'
import { wayOfFix } from './fixes.ts'
import type { Outlook } from './next-update.ts'

function held(installationId: string, percentHere: number, change: Partial<Outlook> = {}): [string, Outlook] {
  const rollout = { state: 'running', step: 1, steps: 3, percentNow: 25, percentHere } as const
  return [
    installationId,
    {
      installationId,
      kind: 'held',
      version: '1.1.0',
      releaseId: 're_1',
      code: 'cohort',
      text: '',
      rollout,
      share: null,
      ...change,
    },
  ]
}

const affects = ['a', 'b'].map((name) => ({ installationId: name, name, version: '1.0.0' }))

test('the one in the earlier step says when', () => {
  const way = wayOfFix({ fixedIn: ['1.1.0'], affects }, new Map([held('a', 100), held('b', 50)]))

  expect(way).toEqual({ kind: 'step', version: '1.1.0', name: 'b', isFirst: true, percentHere: 50, percentNow: 25 })
})

test('one that gets it now is sooner than any step', () => {
  const way = wayOfFix({ fixedIn: ['1.1.0'], affects }, new Map([held('a', 100, { kind: 'update', code: null }), held('b', 50)]))

  expect(way).toMatchObject({ kind: 'now', name: 'a' })
})

test('a release that is coming without the fix promises nothing; a fix that is out is named', () => {
  expect(wayOfFix({ fixedIn: ['1.2.0'], affects }, new Map([held('a', 50)]))).toEqual({ kind: 'released', version: '1.2.0' })
  expect(wayOfFix({ fixedIn: [], affects }, new Map([held('a', 50)]))).toEqual({ kind: 'none' })
})

test('where the fixed release was refused it is not on its way, unless another gets it', () => {
  const refused = held('a', 50, { code: 'refused_here' })

  expect(wayOfFix({ fixedIn: ['1.1.0'], affects }, new Map([refused]))).toEqual({ kind: 'refused', version: '1.1.0', name: 'a' })
  expect(wayOfFix({ fixedIn: ['1.1.0'], affects }, new Map([refused, held('b', 50)]))).toMatchObject({ kind: 'step', name: 'b' })
})
