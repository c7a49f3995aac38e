// What comes next to an installation: each case that the server can answer leads to its own sentence.
import { expect, test } from 'vitest'
import { type Installation, nextCaseOf, type Outlook, outlooksOfHeard } from './next-update.ts'

const RUNNING = { state: 'running', step: 1, steps: 3, percentNow: 40, percentHere: 70 } as const

function anOutlook(change: Partial<Outlook>): Outlook {
  return {
    installationId: 'in_1',
    kind: 'current',
    version: '1.4.2',
    releaseId: 're_1',
    code: null,
    text: null,
    rollout: null,
    share: null,
    ...change,
  }
}

type Facts = Partial<Pick<Installation, 'state' | 'condition' | 'version'>>

test.each<[string, Facts, Partial<Outlook>]>([
  ['retired', { state: 'retired', condition: null }, {}],
  ['revoked', { state: 'revoked', condition: null }, {}],
  ['silent', { condition: 'silent' }, { kind: 'update' }],
  ['never', { condition: 'never', version: null }, { kind: 'update' }],
  ['nothing_released', { condition: 'never', version: null }, { kind: 'held', code: 'nothing_released', version: null }],
  ['installing', { condition: 'updating' }, { kind: 'update' }],
  ['proving', { condition: 'updating' }, { kind: 'current' }],
  ['refused_here', { condition: 'updating' }, { kind: 'held', code: 'refused_here' }],
  ['now_step', {}, { kind: 'update', rollout: RUNNING }],
  ['now', {}, { kind: 'update' }],
  ['cohort', {}, { kind: 'held', code: 'cohort', rollout: RUNNING }],
  ['cohort_last', {}, { kind: 'held', code: 'cohort', rollout: { ...RUNNING, percentHere: 100 } }],
  ['cohort_later', {}, { kind: 'held', code: 'cohort', rollout: { ...RUNNING, percentHere: null } }],
  ['cohort_later', {}, { kind: 'held', code: 'cohort', rollout: { ...RUNNING, percentHere: 40 } }],
  ['cohort_later', {}, { kind: 'held', code: 'cohort' }],
  ['paused', {}, { kind: 'held', code: 'cohort', rollout: { ...RUNNING, state: 'paused' } }],
  ['paused', {}, { kind: 'held', code: 'paused', rollout: { ...RUNNING, state: 'paused' } }],
  ['no_artifact', {}, { kind: 'held', code: 'no_artifact' }],
  ['refused_here', { condition: 'degraded' }, { kind: 'held', code: 'refused_here' }],
  ['refused_first', { condition: 'failing', version: null }, { kind: 'held', code: 'refused_here' }],
  ['not_entitled', {}, { kind: 'held', code: 'not_entitled', version: null }],
  ['withdrawn', {}, { kind: 'held', code: 'withdrawn', version: null }],
  ['newest', {}, {}],
])('%s', (expected, facts, outlook) => {
  const installation = { state: 'active', condition: 'healthy', version: '1.4.1', ...facts } as const

  expect(nextCaseOf(installation, anOutlook(outlook))).toBe(expected)
})

test('while its outlook is not known nothing is claimed', () => {
  expect(nextCaseOf({ state: 'active', condition: 'healthy', version: '1.4.1' }, undefined)).toBe('unknown')
})

test('who is silent or never spoke is promised nothing', () => {
  const conditions = ['healthy', 'silent', 'never', 'updating'] as const
  const installations = conditions.map((condition) => ({ id: condition, condition }) as Installation)
  const outlooks = new Map(conditions.map((id) => [id, anOutlook({ installationId: id, kind: 'update' })]))

  expect([...outlooksOfHeard(installations, outlooks).keys()]).toEqual(['healthy', 'updating'])
})
