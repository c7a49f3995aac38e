// Kill -9 at every step, before and after, and start again: the old version or the new one runs, whole, and each report came once.
import { readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createSigningKey } from '@fairway/trust'
import { describe, expect, test, vi } from 'vitest'
import { forwardSteps, switchSteps, type Step } from './plan.ts'
import { anInstallation, type Installation } from './testing/installation.ts'
import { rotate } from './testing/repository.ts'
import { readTrust } from './trust/trust-status.ts'
import { trustSteps, type TrustStep } from './trust/trust-steps.ts'

vi.setConfig({ testTimeout: 60_000, maxConcurrency: 2 })

const moments = (steps: readonly (Step | TrustStep)[]) => steps.flatMap((step) => [`${step}:before`, `${step}:after`])
const forward = moments([...forwardSteps, ...switchSteps, 'report_healthy', 'keep_plain', 'sweep', 'close'])
const back = moments([
  'stop_new',
  'switch_back',
  'start_old',
  'prove_old',
  'settle_back',
  'report_failed',
  'report_rolled_back',
  'sweep',
  'close',
])
const away = moments(['stop_new', 'remove_current', 'settle_back', 'report_failed', 'sweep', 'close'])
const failing = moments(['settle_failure', 'report_failed', 'sweep', 'close'])

async function crashThenRun(it: Installation, moment: string) {
  const crashed = await it.once({ env: { FAIRWAY_AGENT_CRASH_AT: moment } })
  expect(crashed.signal, `${moment}\n${crashed.log}`).toBe('SIGKILL')
  return it.once()
}

function expectEachOnce(it: Installation, kinds: string[]) {
  expect(it.reportKinds()).toEqual(kinds)
  expect(new Set(it.origin.seen.reports.map(({ reportId }) => reportId)).size).toBe(kinds.length)
}

const done = (releaseId: string) => ['downloaded', 'installed', 'healthy'].map((kind) => `${kind} ${releaseId}`)

describe.concurrent('killed during a first install', () => {
  test.each(moments(switchSteps))('%s', async (moment) => {
    await using it = await anInstallation()
    await it.enroll()
    await it.offer({ version: '1.0.0', sequence: 1 })

    const end = await crashThenRun(it, moment)

    expect(end.code, end.log).toBe(0)
    expect(await it.look()).toEqual({
      current: '1.0.0_re_1',
      answers: { status: 200, version: '1.0.0' },
      journal: null,
      versions: ['1.0.0_re_1'],
      downloads: [],
    })
    expectEachOnce(it, done('re_1'))
  })
})

describe.concurrent('killed during an update', () => {
  test.each([
    ...forward.map((moment) => ({ moment, patches: 'right' as const })),
    ...moments([...forwardSteps, 'keep_plain']).map((moment) => ({ moment, patches: 'none' as const })),
  ])('$moment, patches: $patches', async ({ moment, patches }) => {
    await using it = await anInstallation()
    it.origin.faults.patches = patches
    await it.enroll()
    await it.offer({ version: '1.0.0', sequence: 1 })
    await it.once()
    await it.offer({ version: '1.1.0', sequence: 2 })

    const end = await crashThenRun(it, moment)

    expect(end.code, end.log).toBe(0)
    expect(await it.look()).toEqual({
      current: '1.1.0_re_2',
      answers: { status: 200, version: '1.1.0' },
      journal: null,
      versions: ['1.0.0_re_1', '1.1.0_re_2'],
      downloads: [],
    })
    expectEachOnce(it, [...done('re_1'), ...done('re_2')])
    expect(await readdir(it.layout.plain)).toEqual([expect.stringMatching(/^1\.1\.0_re_2_[0-9a-f]{64}$/)])
  })
})

describe.concurrent('killed while it takes up the first root, from an installation of before TUF', () => {
  test.each(moments(['keep_first_root', 'keep_timestamp']))('%s', async (moment) => {
    await using it = await anInstallation()
    it.origin.faults.withoutTuf = true
    await it.enroll()
    await it.offer({ version: '1.0.0', sequence: 1 })
    await it.once()
    await rm(it.layout.refreshes)
    it.origin.faults.withoutTuf = false
    await it.offer({ version: '1.1.0', sequence: 2 })

    const end = await crashThenRun(it, moment)

    expect(end.code, end.log).toBe(0)
    expect(await it.look()).toMatchObject({ current: '1.1.0_re_2', answers: { version: '1.1.0' }, journal: null, downloads: [] })
    expect((await it.state()).direction?.version).toBeGreaterThan(0)
    expectEachOnce(it, [...done('re_1'), ...done('re_2')])
  })
})

describe.concurrent('killed while it writes down what it believes, with every key replaced meanwhile', () => {
  test.each(moments(trustSteps.filter((step) => step !== 'keep_first_root')))('%s', async (moment) => {
    await using it = await anInstallation()
    await it.enroll()
    await it.offer({ version: '1.0.0', sequence: 1 })
    await it.once()
    await rm(it.layout.refreshes)
    const fresh = () => [createSigningKey()]
    rotate(it.origin.repository, {
      root: fresh(),
      targets: fresh(),
      snapshot: fresh(),
      timestamp: fresh(),
      'channel-stable': fresh(),
    })
    await it.offer({ version: '1.1.0', sequence: 2 })

    const end = await crashThenRun(it, moment)

    expect(end.code, end.log).toBe(0)
    expect(await it.look()).toMatchObject({ current: '1.1.0_re_2', answers: { version: '1.1.0' }, journal: null, downloads: [] })
    expect(await readTrust(it.layout)).toMatchObject({ format: 2, rootVersion: 2 })
    expect(await readdir(it.layout.state)).not.toContain('tuf.work')
    expectEachOnce(it, [...done('re_1'), ...done('re_2')])
  })
})

describe.concurrent('killed on the way back', () => {
  test.each(back)('%s', async (moment) => {
    await using it = await anInstallation()
    await it.enroll()
    await it.offer({ version: '1.0.0', sequence: 1 })
    await it.once()
    await it.offer({ version: '1.1.0', sequence: 2, behaviour: 'does not start' })

    const end = await crashThenRun(it, moment)

    // After `close` nothing is left of the failure but the refusal, which is no trouble of this cycle.
    expect(end.code, end.log).toBe(moment === 'close:after' ? 0 : 6)
    expect(await it.look()).toEqual({
      current: '1.0.0_re_1',
      answers: { status: 200, version: '1.0.0' },
      journal: null,
      versions: ['1.0.0_re_1'],
      downloads: [],
    })
    expect((await it.state()).refused).toMatchObject([{ releaseId: 're_2' }])
    expectEachOnce(it, [...done('re_1'), 'downloaded re_2', 'failed re_2', 'rolled_back re_2'])
  })
})

describe.concurrent('killed while a failed first install is taken away', () => {
  test.each(away)('%s', async (moment) => {
    await using it = await anInstallation()
    await it.enroll()
    await it.offer({ version: '1.0.0', sequence: 1, behaviour: 'does not start' })

    await crashThenRun(it, moment)

    expect(await it.look()).toEqual({ current: null, answers: null, journal: null, versions: [], downloads: [] })
    expectEachOnce(it, ['downloaded re_1', 'failed re_1'])
  })
})

describe.concurrent('killed after a download that was wrong', () => {
  test.each(failing)('%s', async (moment) => {
    await using it = await anInstallation()
    await it.enroll()
    await it.offer({ version: '1.0.0', sequence: 1 })
    await it.once()
    await it.offer({ version: '1.1.0', sequence: 2 })
    it.origin.faults.garbleArtifacts = true

    await crashThenRun(it, moment)

    expect(await it.look()).toMatchObject({
      current: '1.0.0_re_1',
      answers: { status: 200, version: '1.0.0' },
      journal: null,
      downloads: [],
    })
    expectEachOnce(it, [...done('re_1'), 'failed re_2'])
  })
})

test('an agent that is killed three times in the switch goes back instead of trying for ever', async () => {
  await using it = await anInstallation()
  await it.enroll()
  await it.offer({ version: '1.0.0', sequence: 1 })
  await it.once()
  await it.offer({ version: '1.1.0', sequence: 2 })

  for (let times = 0; times < 3; times += 1) await it.once({ env: { FAIRWAY_AGENT_CRASH_AT: 'prove_health:before' } })
  const end = await it.once()

  expect(end.code, end.log).toBe(6)
  expect((await it.look()).answers?.version).toBe('1.0.0')
  expect(it.reportKinds().slice(-2)).toEqual(['failed re_2', 'rolled_back re_2'])
})

test('a start command that outlives the killed agent does not start the software behind the next one', async () => {
  await using it = await anInstallation()
  await it.enroll()
  await it.offer({ version: '1.0.0', sequence: 1 })
  const config = JSON.parse(await readFile(it.layout.config, 'utf8'))
  await writeFile(
    it.layout.config,
    JSON.stringify({ ...config, start: ['/bin/sh', '-c', 'sleep 0.7; exec "$0" "$@"', ...config.start] }),
  )
  const agent = it.run(['run', '--once'])
  await agent.logged('step=start_new')
  await vi.waitFor(() => stat(it.layout.command), 5000)
  agent.child.kill('SIGKILL')
  await agent.ended

  const end = await it.once()

  expect(end.code, end.log).toBe(0)
  expect(await it.look()).toMatchObject({ current: '1.0.0_re_1', answers: { status: 200, version: '1.0.0' }, journal: null })
})

test.each([
  ['without NODE_ENV=test', { FAIRWAY_AGENT_CRASH_AT: 'switch', NODE_ENV: 'production' }],
  ['with a misspelt step', { FAIRWAY_AGENT_CRASH_AT: 'swich' }],
])('the crash setting is refused %s', async (_name, env) => {
  await using it = await anInstallation()

  expect(await it.once({ env })).toMatchObject({ code: 2 })
})
