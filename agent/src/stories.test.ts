// The agent as a real process against a real origin: installing, updating, failing and going back.
import { randomBytes } from 'node:crypto'
import { readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { describe, expect, test, vi } from 'vitest'
import { anInstallation, type Installation } from './testing/installation.ts'
import { signAll } from './testing/sign-repository.ts'
import { bytesOf, configOf } from './testing/software.ts'

vi.setConfig({ testTimeout: 30_000 })

/** Enrolled, and 1.0.0 runs. */
async function aRunning(changes: Record<string, unknown> = {}) {
  const it = await anInstallation(changes)
  await it.enroll()
  await it.offer({ version: '1.0.0', sequence: 1 })
  expect(await it.once()).toMatchObject({ code: 0 })
  it.origin.seen.reports.length = 0
  it.origin.seen.requests.length = 0
  return it
}

async function expectOldRuns(it: Installation) {
  expect(await it.look()).toEqual({
    current: '1.0.0_re_1',
    answers: { status: 200, version: '1.0.0' },
    journal: null,
    versions: ['1.0.0_re_1'],
    downloads: [],
  })
}

const artifactRequests = (it: Installation) => it.origin.seen.requests.filter(({ path }) => path.endsWith('/artifacts/ar_1'))

describe('installing and updating', () => {
  test('ends with the new version healthy and told', async () => {
    await using it = await anInstallation()
    await it.enroll()

    await it.offer({ version: '1.0.0', sequence: 1 })
    const first = await it.once()
    await it.offer({ version: '1.1.0', sequence: 2, kind: 'tar.zst' })
    const second = await it.once()

    expect([first.code, second.code], second.log).toEqual([0, 0])
    expect(await it.look()).toEqual({
      current: '1.1.0_re_2',
      answers: { status: 200, version: '1.1.0' },
      journal: null,
      versions: ['1.0.0_re_1', '1.1.0_re_2'],
      downloads: [],
    })
    const kinds = ['downloaded', 'installed', 'healthy']
    expect(it.reportKinds()).toEqual([...kinds.map((kind) => `${kind} re_1`), ...kinds.map((kind) => `${kind} re_2`)])
    expect(it.origin.seen.reports.map(({ version }) => version)).toEqual([null, '1.0.0', '1.0.0', '1.0.0', '1.1.0', '1.1.0'])
  })

  test('keeps as many versions as it is told', async () => {
    await using it = await aRunning({ keepVersions: 1 })

    await it.offer({ version: '1.1.0', sequence: 2 })
    await it.once()

    expect((await it.look()).versions).toEqual(['1.1.0_re_2'])
  })

  // How much of the 200,000 bytes was read when the line broke is the kernel's affair; a quarter was, since that was logged.
  const expectResumed = (it: Installation) => {
    const ranges = artifactRequests(it).map(({ range }) => range)
    expect(ranges).toEqual([undefined, expect.stringMatching(/^bytes=[12]\d{5}-$/)])
  }

  test('a cut line is taken up where it broke', async () => {
    await using it = await aRunning()
    await it.offer({ version: '1.1.0', sequence: 2, extra: randomBytes(400_000) })
    it.origin.faults.stallAfterBytes = 200_000

    const agent = it.run(['run', '--once'])
    await agent.logged('percent=25')
    it.origin.cutStalled()
    const end = await agent.ended

    expect(end.code, end.log).toBe(0)
    expectResumed(it)
    expect((await it.look()).answers?.version).toBe('1.1.0')
  })

  test('a stop request during a download keeps what came, and the next run goes on from there', async () => {
    await using it = await aRunning()
    await it.offer({ version: '1.1.0', sequence: 2, extra: randomBytes(400_000) })
    it.origin.faults.stallAfterBytes = 200_000

    const agent = it.run(['run'])
    await agent.logged('percent=25')
    agent.child.kill('SIGTERM')
    const stopped = await agent.ended
    const next = await it.once()

    expect([stopped.code, next.code], stopped.log + next.log).toEqual([0, 0])
    expectResumed(it)
    expect((await it.look()).answers?.version).toBe('1.1.0')
  })

  test('a file that was exchanged meanwhile is fetched from its beginning', async () => {
    await using it = await aRunning()
    await it.offer({ version: '1.1.0', sequence: 2, extra: randomBytes(400_000) })
    it.origin.faults.stallAfterBytes = 200_000
    const agent = it.run(['run', '--once'])
    await agent.logged('percent=25')
    await it.offer({ version: '1.1.1', sequence: 3, extra: randomBytes(400_000) })
    it.origin.cutStalled()
    await agent.ended

    const next = await it.once()

    expect(next.code, next.log).toBe(0)
    expect(await it.look()).toMatchObject({
      answers: { version: '1.1.1' },
      downloads: [],
      versions: ['1.0.0_re_1', '1.1.1_re_3'],
    })
  })
})

describe('a release that does not work here', () => {
  test.each([
    ['unhealthy', /^The health check failed \d+ times: 503$/],
    ['does not start', /^The start command of 1\.1\.0 failed: exit 3: no licence found$/],
  ] as const)('%s: the old version comes back, the release is refused from now on', async (behaviour, reason) => {
    await using it = await aRunning({ healthSeconds: 1 })
    await it.offer({ version: '1.1.0', sequence: 2, behaviour })

    const end = await it.once()
    const again = await it.once()

    expect([end.code, again.code], end.log).toEqual([6, 0])
    await expectOldRuns(it)
    expect(it.reportKinds().slice(-2)).toEqual(['failed re_2', 'rolled_back re_2'])
    expect(it.origin.seen.reports.at(-1)).toMatchObject({ version: '1.0.0', reason: expect.stringMatching(reason) })
    expect(artifactRequests(it)).toHaveLength(1)
    expect((await it.state()).refused).toMatchObject([{ releaseId: 're_2' }])
    expect(it.origin.seen.requests.at(-1)?.body).toMatchObject({
      refused: ['re_2'],
      health: 'healthy',
      version: '1.0.0',
      highestSequence: 1,
    })
  })

  test('as the first install it is stopped and taken away', async () => {
    await using it = await anInstallation({ healthSeconds: 1 })
    await it.enroll()
    await it.offer({ version: '1.0.0', sequence: 1, behaviour: 'unhealthy' })

    const end = await it.once()

    expect(end.code, end.log).toBe(6)
    expect(await it.look()).toEqual({ current: null, answers: null, journal: null, versions: [], downloads: [] })
    expect(it.reportKinds()).toEqual(['downloaded re_1', 'installed re_1', 'failed re_1'])
  })

  test('a later release installs, and an older signed one does not', async () => {
    await using it = await aRunning({ healthSeconds: 1 })
    await it.offer({ version: '1.1.0', sequence: 3, behaviour: 'unhealthy' })
    await it.once()
    await it.offer({ version: '1.1.1', sequence: 4 })
    const fixed = await it.once()
    await it.offer({ version: '1.0.1', sequence: 2 })
    const stale = await it.once()

    expect([fixed.code, stale.code]).toEqual([0, 6])
    expect(stale.log).toContain('has sequence 2, but 4 ran here already')
    expect((await it.look()).answers?.version).toBe('1.1.1')
  })

  test('an archive with a link is refused for good, and nothing is touched', async () => {
    await using it = await aRunning()
    const tar = pack()
    tar.entry({ name: 'out', type: 'symlink', linkname: '/etc' })
    tar.finalize()
    it.origin.offer({ version: '1.1.0', releaseId: 're_2', sequence: 2, kind: 'tar.gz', bytes: gzipSync(await bytesOf(tar)) })

    const end = await it.once()

    expect(end.code).toBe(6)
    expect(end.log).not.toContain('step=stop_old')
    await expectOldRuns(it)
    expect(it.reportKinds()).toEqual(['failed re_2'])
    expect((await it.state()).refused).toMatchObject([{ releaseId: 're_2' }])
  })
})

describe('what does not pass verification', () => {
  test('changed bytes: told once, tried again, installed once they are right', async () => {
    await using it = await aRunning()
    await it.offer({ version: '1.1.0', sequence: 2 })
    it.origin.faults.garbleArtifacts = true

    const wrong = [await it.once(), await it.once()]
    await expectOldRuns(it)
    it.origin.faults.garbleArtifacts = false
    const right = await it.once()

    expect([...wrong, right].map(({ code }) => code)).toEqual([6, 6, 0])
    expect(it.reportKinds()).toEqual(['failed re_2', 'downloaded re_2', 'installed re_2', 'healthy re_2'])
    expect(it.origin.seen.reports[0]?.reason).toContain('digest differs')
  })

  test.each([
    ['directed by a stranger', { faults: { signWithStranger: true } }, 'not signed by a director'],
    ['for another product', { product: 'scales' }, 'for the product scales'],
  ])('%s: not one byte is fetched', async (_name, { faults = {}, ...software }: { faults?: object; product?: string }, words) => {
    await using it = await aRunning()
    await it.offer({ version: '1.1.0', sequence: 2, ...software })
    Object.assign(it.origin.faults, faults)

    const end = await it.once()

    expect(end.code).toBe(6)
    expect(end.log).toContain(words)
    expect(artifactRequests(it)).toEqual([])
    await expectOldRuns(it)
  })
})

describe('over TUF', () => {
  const stateOf = async (it: Installation) => JSON.parse(await readFile(it.layout.stateFile, 'utf8'))
  const expireTimestamp = (it: Installation, expires: Date | undefined) => (it.origin.repository.expires['timestamp'] = expires)

  /** As an agent from before TUF left its folder. */
  async function anOldInstallation() {
    const it = await anInstallation()
    it.origin.faults.withoutTuf = true
    await it.enroll()
    await it.offer({ version: '1.0.0', sequence: 1 })
    expect(await it.once()).toMatchObject({ code: 0 })
    const { direction: _unknownThen, ...state } = await stateOf(it)
    await writeFile(it.layout.stateFile, JSON.stringify(state))
    await rm(it.layout.refreshes)
    expect(await readdir(it.layout.state)).not.toContain('tuf')
    return it
  }

  test('an old installation moves there by itself with its next update, and says so', async () => {
    await using it = await anOldInstallation()
    const before = (await it.run(['status']).ended).out
    it.origin.faults.withoutTuf = false
    await it.offer({ version: '1.1.0', sequence: 2 })

    const end = await it.once()
    const after = JSON.parse((await it.run(['status', '--json']).ended).out)

    expect(end.code, end.log).toBe(0)
    expect((await it.look()).answers?.version).toBe('1.1.0')
    expect(before).toMatch(/trust +the signed manifest \(format 1\)/)
    expect(after.trust).toMatchObject({ format: 2, rootVersion: 1, expires: expect.stringMatching(/Z$/) })
    expect(it.origin.seen.requests.at(-1)?.body).toMatchObject({ trust: 2, version: '1.1.0' })
  })

  test('an old installation at an old Fairway goes on as ever, and refuses what a stranger signed', async () => {
    await using it = await anOldInstallation()
    await it.offer({ version: '1.1.0', sequence: 2 })
    it.origin.faults.signWithStranger = true
    const refused = await it.once()
    it.origin.faults.signWithStranger = false
    const taken = await it.once()

    expect([refused.code, taken.code], taken.log).toEqual([6, 0])
    expect(refused.log).toContain('not signed by the key that was pinned')
    expect(it.origin.seen.requests.at(-1)?.body).not.toHaveProperty('trust')
  })

  test('a rollback that the vendor signed is followed, and what comes after it is taken again', { timeout: 60_000 }, async () => {
    await using it = await aRunning()
    await it.offer({ version: '1.2.0', sequence: 3 })
    await it.once()
    await it.offer({ version: '1.1.0', sequence: 2 })
    const unsigned = await it.once()
    await it.offer({ version: '1.1.0', sequence: 2, replaces: ['re_3'] })
    const signed = await it.once()
    expect((await it.look()).answers?.version).toBe('1.1.0')
    expect(await it.state()).toMatchObject({ highestSequence: 2, refused: [{ releaseId: 're_3', version: '1.2.0' }] })
    await it.offer({ version: '1.2.0', sequence: 3 })
    const left = await it.once()
    await it.offer({ version: '1.2.1', sequence: 4 })
    const next = await it.once()

    expect([unsigned.code, signed.code, left.code, next.code], next.log).toEqual([6, 0, 0, 0])
    expect(unsigned.log).toContain('has sequence 2, but 3 ran here already')
    expect(await it.state()).toMatchObject({ highestSequence: 4, current: { version: '1.2.1' } })
  })

  test('a clock that is wrong is told once, with both times, and the update comes when it is right', async () => {
    await using it = await aRunning()
    await it.offer({ version: '1.1.0', sequence: 2 })
    expireTimestamp(it, new Date('2026-01-01T00:00:00Z'))

    const wrong = [await it.once(), await it.once()]
    await expectOldRuns(it)
    expireTimestamp(it, undefined)
    const right = await it.once()

    expect(
      [...wrong, right].map(({ code }) => code),
      right.log,
    ).toEqual([6, 6, 0])
    expect(it.reportKinds()).toEqual(['failed re_2', 'downloaded re_2', 'installed re_2', 'healthy re_2'])
    expect(it.origin.seen.reports[0]?.reason).toMatch(
      /expired at 2026-01-01T00:00:00Z; the clock here says .*Look at this machine's clock/,
    )
  })

  test('expired metadata without an offer stop no check-in', async () => {
    await using it = await aRunning()
    await rm(it.layout.refreshes)
    expireTimestamp(it, new Date('2026-01-01T00:00:00Z'))
    signAll(it.origin.repository)

    const end = await it.once()

    expect(end.code, end.log).toBe(0)
    expect(end.log).toMatch(/the signed metadata are refused.*trust.metadata_expired/)
  })
})

describe('a full disk', () => {
  test('is seen before the download', async () => {
    await using it = await aRunning()
    await it.offer({ version: '1.1.0', sequence: 2, size: 2 ** 40 })

    const end = await it.once()

    expect(end.code).toBe(6)
    expect(it.origin.seen.reports.at(-1)).toMatchObject({
      kind: 'failed',
      version: '1.0.0',
      reason: expect.stringContaining('The disk is too full'),
    })
    expect(artifactRequests(it)).toEqual([])
    await expectOldRuns(it)
  })

  // EFBIG by `ulimit -f` stands for ENOSPC: both are writes that the system refuses; a full file system needs root to make.
  test.each([
    ['while downloading', randomBytes(3_000_000)],
    ['while unpacking', Buffer.alloc(3_000_000)],
  ])('that shows %s leaves the old version running; with room again the update comes', async (_name, extra) => {
    await using it = await aRunning()
    await it.offer({ version: '1.1.0', sequence: 2, extra })

    const full = await it.once({ shellPrefix: 'ulimit -f 2048' })
    await expectOldRuns(it)
    const roomy = await it.once()

    expect([full.code, roomy.code], full.log).toEqual([6, 0])
    expect(it.origin.seen.reports.find(({ kind }) => kind === 'failed')?.reason).toBe('The disk is full (EFBIG).')
    expect((await it.look()).answers?.version).toBe('1.1.0')
  })
})

test('a stop command that stops nothing cannot make the old version pass for the new one', async () => {
  await using it = await aRunning()
  await writeFile(it.layout.config, JSON.stringify(configOf(it.port, { stop: ['true'], commandSeconds: 0.3 })))
  await it.offer({ version: '1.1.0', sequence: 2 })

  const end = await it.once()

  expect(end.code).toBe(6)
  expect(it.origin.seen.reports.at(-1)).toMatchObject({
    kind: 'rolled_back',
    reason: '1.0.0 still answers after the stop command.',
  })
  expect(await it.look()).toMatchObject({ current: '1.0.0_re_1', answers: { version: '1.0.0' }, journal: null })
  expect((await it.state()).refused).toEqual([])
})
