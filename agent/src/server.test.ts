// The agent's talk with the server: enrolment, tokens, reports, status, check, and the long run; as a real process.
import { randomUUID } from 'node:crypto'
import { readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { anInstallation, startAgent, type Installation } from './testing/installation.ts'

vi.setConfig({ testTimeout: 30_000 })

async function aRunning(changes: Record<string, unknown> = {}) {
  const it = await anInstallation(changes)
  await it.enroll()
  await it.offer({ version: '1.0.0', sequence: 1 })
  expect(await it.once()).toMatchObject({ code: 0 })
  return it
}

const checkIns = (it: Installation) =>
  it.origin.seen.requests.filter(({ path }) => path.endsWith('/check-ins')).map(({ body }) => body)

describe('enrolment', () => {
  test('keeps the key private and tells what this machine is', async () => {
    await using it = await anInstallation()

    const end = await it.enroll()

    expect(end, end.log).toMatchObject({ code: 0, out: 'Enrolled as in_1: till, channel stable.\n' })
    expect((await stat(it.layout.identity)).mode & 0o777).toBe(0o600)
    expect(it.origin.seen.requests[0]?.body).toMatchObject({
      platform: process.platform,
      arch: process.arch,
      name: 'till-3',
      agentVersion: '0.1.0',
    })
    expect(JSON.stringify(it.origin.seen.requests[0]?.body)).not.toContain(
      JSON.parse(await readFile(it.layout.identity, 'utf8')).privateKey,
    )
    expect(await readFile(it.layout.identity, 'utf8')).not.toContain(it.origin.enrolToken)
  })

  test('whose answer was lost is repeated with the same key', async () => {
    await using it = await anInstallation()
    it.origin.faults.loseEnrolments = 1

    const lost = await it.enroll()
    const other = await it.enroll('fwe_another')
    const repeated = await it.enroll()

    expect([lost.code, other.code, repeated.code]).toEqual([1, 3, 0])
    expect(new Set(it.origin.seen.enrolledKeys).size).toBe(1)
    expect(it.origin.seen.enrolledKeys).toHaveLength(2)
  })

  test('of an enrolled folder: the same token again is fine, another is refused', async () => {
    await using it = await anInstallation()
    await it.enroll()

    const same = await it.enroll()
    const other = await it.enroll('fwe_another')

    expect([same.code, other.code]).toEqual([0, 3])
    expect(other.log).toContain('enrolled already, as in_1')
  })

  test('with a fingerprint that differs pins nothing', async () => {
    await using it = await anInstallation()

    const end = await it.enroll(undefined, `sha256:${'0'.repeat(64)}`)
    const run = await it.once()

    expect([end.code, run.code]).toEqual([3, 3])
    expect(end.log).toContain('not the one that the enrolment command names')
  })

  test('that the server refuses leaves the folder free for the next command', async () => {
    await using it = await anInstallation()

    const refused = await it.enroll('fwe_expired')
    const next = await it.enroll()

    expect([refused.code, next.code]).toEqual([3, 0])
    expect(refused.log).toContain('enrolment.unknown')
  })

  test.each([
    ['no command that exists', ['upgrade'], 'There is no command'],
    ['no folder', ['run'], '--dir DIR is missing'],
    ['no token', ['enroll', 'http://x', '--dir', '/tmp/x', '--fingerprint', 'x'], 'needs SERVER_URL and TOKEN'],
    ['an address with a path', ['enroll', 'http://x/y', 't', '--dir', '/tmp/x', '--fingerprint', 'x'], 'without a path'],
    ['a strange option', ['run', '--dir', '/tmp/x', '--force'], '--force'],
    ['an option of another command', ['status', '--dir', '/tmp/x', '--once'], 'status does not know --once'],
  ])('%s is wrong usage', async (_name, args, words) => {
    const end = await startAgent(args).ended

    expect(end.code).toBe(2)
    expect(end.log).toContain(words)
  })

  test('--help says the exit codes', async () => {
    const end = await startAgent(['--help']).ended

    expect(end.code).toBe(0)
    expect(end.out).toContain('Exit codes')
  })
})

describe('tokens', () => {
  test('an expired token is renewed by itself', async () => {
    await using it = await aRunning()
    it.origin.faults.expireTokens = 1

    const end = await it.once()

    expect(end.code, end.log).toBe(0)
  })

  test('each start is another instance, and one start is one', async () => {
    await using it = await aRunning()
    await it.once()

    expect(it.origin.seen.instances).toHaveLength(2)
    expect(it.origin.seen.instances[0]).toMatch(/^[A-Za-z0-9_-]{16,64}$/)
  })

  test('a revoked installation says so, and its software keeps running', async () => {
    await using it = await aRunning()
    it.origin.faults.revoked = true

    const end = await it.once()
    const check = await it.run(['check']).ended

    expect([end.code, check.code]).toEqual([5, 5])
    expect(end.log).toContain('access was revoked')
    expect((await it.look()).answers?.version).toBe('1.0.0')
  })

  test('no token and no key is ever logged', async () => {
    await using it = await aRunning()
    it.origin.faults.expireTokens = 5

    const end = await it.once()

    expect(end.log).not.toContain('fwt_')
    expect(end.log).not.toContain(JSON.parse(await readFile(it.layout.identity, 'utf8')).privateKey)
  })
})

describe('reports', () => {
  test('whose answer was lost are sent again under the same ids', async () => {
    await using it = await anInstallation()
    await it.enroll()
    await it.offer({ version: '1.0.0', sequence: 1 })
    it.origin.faults.loseReportAnswers = 1

    await it.once()
    expect(await readdir(it.layout.reports)).toHaveLength(3)
    await it.once()

    expect(it.reportKinds()).toEqual(['downloaded re_1', 'installed re_1', 'healthy re_1'])
    expect(it.origin.seen.duplicateReports).toBe(3)
    expect(await readdir(it.layout.reports)).toEqual([])
  })

  test('one that the server never takes is put aside and holds nothing back', async () => {
    await using it = await anInstallation()
    await it.enroll()
    await it.offer({ version: '1.0.0', sequence: 1 })
    it.origin.faults.refuseReportKind = 'installed'

    const end = await it.once()

    expect(end.code, end.log).toBe(0)
    expect(it.reportKinds()).toEqual(['downloaded re_1', 'healthy re_1'])
    expect(await readdir(it.layout.refusedReports)).toHaveLength(1)
    expect(await readdir(it.layout.reports)).toEqual([])
  })

  test('of a long outage go in pieces of fifty, in order', async () => {
    await using it = await aRunning()
    it.origin.seen.reports.length = 0
    const ids = Array.from({ length: 120 }, () => randomUUID())
    for (const [n, reportId] of ids.entries()) {
      const file = join(it.layout.reports, `${String(n + 1).padStart(10, '0')}-${reportId}.json`)
      await writeFile(file, JSON.stringify({ reportId, releaseId: 're_1', kind: 'healthy', version: '1.0.0' }))
    }

    await it.once()

    expect(it.origin.seen.reports.map(({ reportId }) => reportId)).toEqual(ids)
    const batches = it.origin.seen.requests.filter(({ path }) => path.endsWith('/reports')).slice(-3)
    expect(batches.map(({ body }) => (body as { reports: unknown[] }).reports.length)).toEqual([50, 50, 20])
  })
})

describe('check and status', () => {
  test('check says by its exit code what the server decided, and installs nothing', async () => {
    await using it = await aRunning()

    const current = await it.run(['check']).ended
    await it.offer({ version: '1.1.0', sequence: 2 })
    const update = await it.run(['check', '--json']).ended
    it.origin.hold('1.1.0 goes to a few installations first.')
    const held = await it.run(['check']).ended

    expect([current.code, update.code, held.code], update.log).toEqual([0, 10, 11])
    expect(JSON.parse(update.out)).toMatchObject({ decision: 'update' })
    expect(held.out).toBe('held: 1.1.0 goes to a few installations first.\n')
    expect((await it.look()).current).toBe('1.0.0_re_1')
  })

  test('status tells what runs, what was refused, and a server that is out of reach', async () => {
    await using it = await aRunning({ healthSeconds: 0.2 })
    await it.offer({ version: '1.1.0', sequence: 2, behaviour: 'unhealthy' })
    await it.once()
    it.origin.faults.errors500 = 100
    const troubled = await it.once()

    const status = JSON.parse((await it.run(['status', '--json']).ended).out)
    const text = (await it.run(['status']).ended).out

    expect(troubled.code).toBe(6)
    expect(status).toMatchObject({
      installationId: 'in_1',
      product: 'till',
      version: '1.0.0',
      health: 'healthy',
      agentRunning: false,
      update: null,
      refused: [{ releaseId: 're_2' }],
      reportsWaiting: 0,
      trouble: 'The test says server.broken.',
    })
    expect(text).toMatch(/runs +1\.0\.0 \(re_1\), healthy/)
    expect(text).toMatch(/refused here +1\.1\.0: The health check failed/)
  })

  test('status shows an update that was cut off and the step where it stands', async () => {
    await using it = await aRunning()
    await it.offer({ version: '1.1.0', sequence: 2 })
    await it.once({ env: { FAIRWAY_AGENT_CRASH_AT: 'start_new:before' } })

    const status = JSON.parse((await it.run(['status', '--json']).ended).out)

    expect(status).toMatchObject({
      version: '1.0.0',
      health: 'unhealthy',
      update: { version: '1.1.0', phase: 'switch', step: 'start_new' },
    })
  })
})

describe('the long run', () => {
  test('one agent a folder; SIGTERM ends it and leaves the software running', async () => {
    await using it = await aRunning()
    const agent = it.run(['run'])
    await agent.logged('checked in')

    const second = await it.once()
    const check = await it.run(['check']).ended
    agent.child.kill('SIGTERM')
    const end = await agent.ended

    expect([second.code, check.code, end.code]).toEqual([4, 4, 0])
    expect((await it.look()).answers).toEqual({ status: 200, version: '1.0.0' })
  })

  test('a killed agent frees its folder at once', async () => {
    await using it = await aRunning()
    const agent = it.run(['run'])
    await agent.logged('checked in')
    agent.child.kill('SIGKILL')
    await agent.ended

    expect((await it.once()).code).toBe(0)
  })

  test('a change of health is told at once, long before the next poll', async () => {
    await using it = await aRunning()
    const agent = it.run(['run'])
    await agent.logged('checked in')

    process.kill(Number(await readFile(join(it.dir, 'service.pid'), 'utf8')), 'SIGKILL')
    await agent.logged('health=unhealthy')

    expect(checkIns(it).at(-1)).toMatchObject({ health: 'unhealthy', version: '1.0.0' })
    agent.child.kill('SIGTERM')
    await agent.ended
  })

  test('polls by the shorter of the two intervals, and finds an update by itself', async () => {
    await using it = await aRunning({ pollSeconds: 0.1 })
    const agent = it.run(['run', '--json-log'])
    await agent.logged('checked in')

    await it.offer({ version: '1.1.0', sequence: 2 })
    await agent.logged('"outcome":"done"')
    await vi.waitFor(() => expect(checkIns(it).at(-1)).toMatchObject({ version: '1.1.0', health: 'healthy' }), 5000)

    agent.child.kill('SIGTERM')
    expect((await agent.ended).code).toBe(0)
  })

  test('comes through a server that fails for a while', async () => {
    await using it = await aRunning({ pollSeconds: 0.05 })
    it.origin.faults.errors500 = 3
    const agent = it.run(['run'])

    await agent.logged('checked in')

    agent.child.kill('SIGTERM')
    const end = await agent.ended
    expect(end.log.match(/the server did not help/g)).toHaveLength(3)
  })
})
