// What is coming: the same release at the same step is one entry, and what comes first stands first.
import { expect, test } from 'vitest'
import { comingTo } from './coming.ts'
import type { Installation, Outlook } from './next-update.ts'

function anInstallation(id: string): Installation {
  return {
    id,
    organisationId: 'org_1',
    productId: 'till',
    channel: 'stable',
    name: id,
    platform: 'linux',
    arch: 'x64',
    state: 'active',
    version: '1.0.0',
    releaseId: 're_0',
    health: 'healthy',
    condition: 'healthy',
    healthySince: null,
    copied: false,
    enrolledAt: '2026-11-01T00:00:00Z',
    lastSeenAt: null,
  }
}

function held(installationId: string, percentHere: number | null, change: Partial<Outlook> = {}): Outlook {
  const rollout = { state: 'running', step: 1, steps: 3, percentNow: 25, percentHere } as const
  return {
    installationId,
    kind: 'held',
    version: '1.1.0',
    releaseId: 're_1',
    code: 'cohort',
    text: '',
    rollout,
    share: null,
    ...change,
  }
}

function coming(...outlooks: Outlook[]) {
  const installations = outlooks.map(({ installationId }) => anInstallation(installationId))
  return comingTo(installations, new Map(outlooks.map((outlook) => [outlook.installationId, outlook])))
}

test('what comes now stands before steps, these before what is paused', () => {
  const paused = { ...held('d', 50, { code: 'paused' }) }
  const entries = coming(paused, held('c', 100), held('b', 50), held('a', 25, { kind: 'update', code: null }), held('e', null))

  expect(entries.map(({ when, percentHere, installations: [one] }) => [when, percentHere, one?.id])).toEqual([
    ['now', null, 'a'],
    ['step', 50, 'b'],
    ['step', 100, 'c'],
    ['later', null, 'e'],
    ['paused', null, 'd'],
  ])
})

test('installations of one step are one entry; another release is another', () => {
  const entries = coming(held('a', 50), held('b', 50), held('c', 50, { releaseId: 're_2', version: '1.2.0' }))

  expect(entries.map(({ version, installations }) => [version, installations.map(({ id }) => id)])).toEqual([
    ['1.1.0', ['a', 'b']],
    ['1.2.0', ['c']],
  ])
})

test('what is current, refused or without a file is not coming', () => {
  const refused = held('a', 25, { code: 'refused_here' })
  const noFile = held('b', 25, { code: 'no_artifact' })
  const current = held('c', null, { kind: 'current', code: null })

  expect(coming(refused, noFile, current)).toEqual([])
})
