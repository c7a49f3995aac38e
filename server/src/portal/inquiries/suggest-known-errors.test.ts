// Which known errors are suggested for an inquiry, as a table.
import { expect, test } from 'vitest'
import { type Candidate, suggestKnownErrors } from './suggest-known-errors.ts'

const NO_FIXES = { fixes: [], sequences: new Map<string, number>() }

function anError(number: number, wish: Partial<Candidate> = {}): Candidate {
  const id = `KE-${number}`
  const base = {
    productId: 'till',
    title: 'Receipts are missing',
    workaround: 'Restart it',
    affectedRange: '<2.0.0',
    fixes: NO_FIXES,
  }
  return { id, number, ...base, ...wish }
}

function suggested(
  candidates: Candidate[],
  wish: { title?: string; versions?: string[]; productId?: string; lately?: string[] } = {},
) {
  const { title = 'It is slow', versions = ['1.0.0'], productId = 'till', lately = [] } = wish
  const ran = versions.map((version, at) => ({ installationId: `in_${at}`, productId, version }))
  const suggestions = suggestKnownErrors({ title, ran, candidates, askedLately: new Set(lately) })
  return suggestions.map(({ knownError, reasons }) => `${knownError.id}: ${reasons.join(' ')}`)
}

const FIX = {
  fixes: [{ releaseId: 're_1', version: '1.1.1', sequence: 2 }],
  sequences: new Map([
    ['1.0.0', 1],
    ['1.1.1', 2],
  ]),
}

test.each<[string, string[], string[]]>([
  ['a version that has it', suggested([anError(1)]), ['KE-1: version_affected']],
  ['a version that does not', suggested([anError(1, { affectedRange: '>=2.0.0' })]), []],
  ['another product', suggested([anError(1)], { productId: 'scale' }), []],
  ['a version that holds its fix', suggested([anError(1, { affectedRange: '*', fixes: FIX })], { versions: ['1.1.1'] }), []],
  [
    'one of two that still has it',
    suggested([anError(1, { affectedRange: '*', fixes: FIX })], { versions: ['1.1.1', '1.0.0'] }),
    ['KE-1: version_affected'],
  ],
  ['nothing runs', suggested([anError(1)], { versions: [] }), []],
  ['a version that is none', suggested([anError(1)], { versions: ['nightly'] }), []],
  ['a word of the title', suggested([anError(1)], { title: 'No RECEIPTS since noon' }), ['KE-1: version_affected title_alike']],
  [
    'only little words in common',
    suggested([anError(1, { title: 'It is not on' })], { title: 'It is on' }),
    ['KE-1: version_affected'],
  ],
  ['others asked lately', suggested([anError(1)], { lately: ['KE-1'] }), ['KE-1: version_affected asked_lately']],
])('%s', (_title, found, expected) => {
  expect(found).toEqual(expected)
})

test('three at most: the best explained first, then the newest', () => {
  const candidates = [anError(1, { title: 'The drawer opens' }), anError(2), anError(3), anError(4)]

  expect(suggested(candidates, { title: 'Drawer opens twice' })).toEqual([
    'KE-1: version_affected title_alike',
    'KE-4: version_affected',
    'KE-3: version_affected',
  ])
})

test('the words of other scripts count too', () => {
  expect(suggested([anError(1, { title: 'Чеки не печатаются' })], { title: 'чеки пропали' })).toEqual([
    'KE-1: version_affected title_alike',
  ])
})
