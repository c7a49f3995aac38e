// The plan as tables: which steps are left from every phase, and which way to turn.
import { describe, expect, test } from 'vitest'
import { createJournal, type Journal, type Phase } from './journal.ts'
import { afterFailure, allSteps, decide, mayPauseBefore, onStart, phaseAt, planSteps, type Decision, type Step } from './plan.ts'
import type { Installed } from './state.ts'

const old: Installed = { releaseId: 're_1', version: '1.0.0', sequence: 1, folder: '1.0.0_re_1' }

function aJournal(changes: Partial<Journal> = {}): Journal {
  const artifact = { name: 'till', kind: 'opaque' as const, size: 1, sha256: 'a', sha512: 'b', url: '/x' }
  return {
    ...createJournal({ releaseId: 're_2', version: '1.1.0', sequence: 2, folder: '1.1.0_re_2', artifact }, old),
    ...changes,
  }
}

describe('the steps that are left', () => {
  const fetching = 'patch download verify unpack report_downloaded'
  const switching = 'stop_old switch start_new report_installed prove_health commit'
  const end = 'report_healthy keep_plain sweep close'
  test.each<[string, Partial<Journal>, { unpacked?: boolean; settled?: boolean }, string]>([
    ['from the beginning', {}, {}, `${fetching} ${switching} ${end}`],
    ['unpacked already', {}, { unpacked: true }, `report_downloaded ${switching} ${end}`],
    ['cut off in the switch', { phase: 'switch' }, { unpacked: true }, `${switching} ${end}`],
    ['cut off after the commit', { phase: 'switch' }, { unpacked: true, settled: true }, end],
    [
      'back',
      { phase: 'back' },
      {},
      'stop_new switch_back start_old prove_old settle_back report_failed report_rolled_back sweep close',
    ],
    [
      'back, told already',
      { phase: 'back', silent: true },
      {},
      'stop_new switch_back start_old prove_old settle_back sweep close',
    ],
    ['back, settled', { phase: 'back' }, { settled: true }, 'report_failed report_rolled_back sweep close'],
    ['back to nothing', { phase: 'back', from: null }, {}, 'stop_new remove_current settle_back report_failed sweep close'],
    ['back to nothing, settled', { phase: 'back', from: null }, { settled: true }, 'report_failed sweep close'],
    ['failed before anything was touched', { phase: 'fail' }, {}, 'settle_failure report_failed sweep close'],
    ['failed, told already', { phase: 'fail', silent: true }, {}, 'settle_failure sweep close'],
    ['failed, settled', { phase: 'fail' }, { settled: true }, 'report_failed sweep close'],
  ])('%s', (...[, changes, facts, steps]) => {
    expect(planSteps(aJournal(changes), { unpacked: false, settled: false, ...facts }).join(' ')).toBe(steps)
  })

  test('every step is in some plan, every plan sweeps and closes, and nothing starts before what ran was stopped', () => {
    const phases: Phase[] = ['fetch', 'switch', 'back', 'fail']
    const plans = phases.flatMap((phase) =>
      [true, false].flatMap((settled) =>
        [old, null].map((from) => planSteps(aJournal({ phase, from }), { unpacked: false, settled })),
      ),
    )

    expect(new Set(plans.flat())).toEqual(new Set(allSteps))
    for (const plan of plans) {
      expect(plan.slice(-2)).toEqual(['sweep', 'close'])
      for (const [stop, start] of [
        ['stop_old', 'start_new'],
        ['stop_new', 'start_old'],
      ] as const) {
        if (plan.includes(start)) expect(plan.indexOf(stop)).toBeGreaterThanOrEqual(0)
        if (plan.includes(start)) expect(plan.indexOf(stop)).toBeLessThan(plan.indexOf(start))
      }
    }
  })
})

describe('a failure', () => {
  const failure = { code: 'disk_full', reason: 'full', lasting: false }
  test.each<[Phase, Phase]>([
    ['fetch', 'fail'],
    ['switch', 'back'],
  ])('in %s turns to %s', (phase, turned) => {
    expect(afterFailure(aJournal({ phase }), failure, { setback: null })).toMatchObject({ phase: turned, failure, silent: false })
  })

  test.each([
    ['the same again', { releaseId: 're_2', code: 'disk_full', reason: 'fuller' }, false, true],
    ['another cause', { releaseId: 're_2', code: 'digest_wrong', reason: '' }, false, false],
    ['another release', { releaseId: 're_9', code: 'disk_full', reason: '' }, false, false],
    ['the same, but for good', { releaseId: 're_2', code: 'disk_full', reason: '' }, true, false],
  ])('is told once: %s', (...[, setback, lasting, silent]) => {
    expect(afterFailure(aJournal(), { ...failure, lasting }, { setback }).silent).toBe(silent)
  })
})

describe('a start of the agent that finds a journal', () => {
  test.each<[Partial<Journal>, boolean, string]>([
    [{ phase: 'fetch' }, false, 'ask_server'],
    [{ phase: 'switch', attempts: 1 }, false, 'resume'],
    [{ phase: 'switch', attempts: 3 }, false, 'give_up'],
    [{ phase: 'switch', attempts: 3 }, true, 'resume'],
    [{ phase: 'back', attempts: 9 }, false, 'resume'],
    [{ phase: 'fail' }, false, 'resume'],
  ])('%j, settled %j: %s', (changes, settled, next) => {
    expect(onStart(aJournal(changes), { unpacked: true, settled })).toBe(next)
  })
})

describe('the decision of the server', () => {
  const offered = (releaseId: string): Decision => ({ kind: 'offered', releaseId })
  const state = { current: old, refused: [{ releaseId: 're_bad', version: '1.0.5', reason: '' }] }
  const bad: Decision = { kind: 'refused', code: 'x', reason: 'y' }
  test.each<[string, Decision, Journal | undefined, string]>([
    ['nothing new', { kind: 'current' }, undefined, 'idle'],
    ['held', { kind: 'held' }, undefined, 'idle'],
    ['nothing new while one is fetched', { kind: 'current' }, aJournal(), 'abandon'],
    ['held while one is fetched', { kind: 'held' }, aJournal(), 'abandon'],
    ['a new one', offered('re_2'), undefined, 'begin'],
    ['the one that is fetched', offered('re_2'), aJournal(), 'continue'],
    ['another than is fetched', offered('re_3'), aJournal(), 'begin'],
    ['what runs', offered('re_1'), undefined, 'idle'],
    ['what runs, while another is fetched', offered('re_1'), aJournal(), 'abandon'],
    ['what rolled back here', offered('re_bad'), undefined, 'refuse'],
    ['one that is not verified', bad, undefined, 'refuse'],
    ['one that is not verified, while one is fetched', bad, aJournal(), 'abandon'],
  ])('%s', (...[, decision, journal, next]) => {
    expect(decide(decision, state, journal)).toBe(next)
  })
})

test('a stop request waits from the moment in which the old version is stopped until one of the two is proven', () => {
  const atomic = allSteps.filter((step) => !mayPauseBefore(step))

  expect(atomic).toEqual<Step[]>([
    'switch',
    'start_new',
    'report_installed',
    'prove_health',
    'commit',
    'stop_new',
    'switch_back',
    'remove_current',
    'start_old',
    'prove_old',
    'settle_back',
  ])
})

test('the switch begins with the stop', () => {
  expect(phaseAt('report_downloaded', 'fetch')).toBe('fetch')
  expect(phaseAt('stop_old', 'fetch')).toBe('switch')
  expect(phaseAt('stop_new', 'back')).toBe('back')
})
