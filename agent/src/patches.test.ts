// Updates that cost almost no bytes, and every way in which a patch can be wrong: the update comes all the same.
import { randomBytes } from 'node:crypto'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { anInstallation, type Installation } from './testing/installation.ts'
import type { PatchQuality } from './testing/patches.ts'

vi.setConfig({ testTimeout: 60_000 })

// The same in each version, and nothing that a compressor could make smaller.
const extra = randomBytes(200_000)

/** Enrolled, 1.0.0 runs, and 1.1.0 is offered. */
async function anUpdate(patches: PatchQuality) {
  const it = await anInstallation()
  it.origin.faults.patches = patches
  await it.enroll()
  await it.offer({ version: '1.0.0', sequence: 1, extra })
  expect(await it.once()).toMatchObject({ code: 0 })
  it.origin.seen.requests.length = 0
  await it.offer({ version: '1.1.0', sequence: 2, extra, kind: 'tar.zst' })
  return it
}

const kept = (it: Installation) => readdir(it.layout.plain)
const asked = (it: Installation, end: string) => it.origin.seen.requests.filter(({ path }) => path.endsWith(end)).length
const told = (it: Installation) =>
  it.origin.seen.reports.find(({ kind, releaseId }) => kind === 'downloaded' && releaseId === 're_2')

async function expectNewRuns(it: Installation) {
  expect(await it.look()).toEqual({
    current: '1.1.0_re_2',
    answers: { status: 200, version: '1.1.0' },
    journal: null,
    versions: ['1.0.0_re_1', '1.1.0_re_2'],
    downloads: [],
  })
  expect(await kept(it)).toEqual([expect.stringMatching(/^1\.1\.0_re_2_[0-9a-f]{64}$/)])
}

describe('a patch', () => {
  test('is all that is fetched; what was rebuilt is the beginning of the next one', async () => {
    await using it = await anUpdate('right')

    const end = await it.once()
    await expectNewRuns(it)
    await it.offer({ version: '1.2.0', sequence: 3, extra })
    const next = await it.once()

    expect([end.code, next.code], end.log + next.log).toEqual([0, 0])
    expect(asked(it, '/artifacts/ar_1')).toBe(0)
    expect(asked(it, '/plain')).toBe(2)
    expect(told(it)?.fetched).toEqual({ bytes: expect.any(Number), how: 'patch' })
    expect(told(it)?.fetched).toMatchObject({ bytes: expect.toSatisfy((bytes: number) => bytes < 2000) })
    expect(await kept(it)).toEqual([expect.stringMatching(/^1\.2\.0_re_3_/)])
  })

  test.each<PatchQuality>([
    'none',
    'server error',
    'not a patch',
    'for another old version',
    'garbled',
    'other content',
    'more content',
    'cut',
    'larger than the file',
  ])('that is wrong (%s) never stops an update: the whole file is fetched', async (quality) => {
    await using it = await anUpdate(quality)

    const end = await it.once()

    expect(end.code, end.log).toBe(0)
    expect(end.log).toContain('no patch; the whole file is fetched')
    await expectNewRuns(it)
    expect(asked(it, '/artifacts/ar_1')).toBe(1)
    const fetched = told(it)?.fetched as { bytes: number; how: string }
    expect(fetched.how).toBe('whole')
    expect(fetched.bytes).toBeGreaterThanOrEqual(extra.length)
  })

  test('from a damaged beginning leads nowhere, and the whole file is fetched', async () => {
    await using it = await anUpdate('right')
    const [name = ''] = await kept(it)
    await writeFile(join(it.layout.plain, name), randomBytes(100_000))

    const end = await it.once()

    expect(end.code, end.log).toBe(0)
    expect(end.log).toContain('no patch; the whole file is fetched')
    await expectNewRuns(it)
  })

  test('is not asked for where nothing of what runs was kept', async () => {
    await using it = await anUpdate('right')
    await rm(it.layout.plain, { recursive: true })

    const end = await it.once()

    expect(end.code, end.log).toBe(0)
    expect(asked(it, '/plain')).toBe(0)
    await expectNewRuns(it)
  })

  test('for a release that does not start changes nothing of the way back, and what runs stays the beginning of the next', async () => {
    await using it = await anUpdate('right')
    await it.offer({ version: '1.1.0', sequence: 2, extra, behaviour: 'does not start' })

    const failed = await it.once()
    await it.offer({ version: '1.1.1', sequence: 3, extra })
    const fixed = await it.once()

    expect([failed.code, fixed.code], failed.log + fixed.log).toEqual([6, 0])
    expect(asked(it, '/artifacts/ar_1')).toBe(0)
    expect((await it.look()).answers?.version).toBe('1.1.1')
  })
})
