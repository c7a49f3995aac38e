// What is kept on disk: it comes back as it was written, and what is damaged is said.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeDurably } from './files.ts'
import { createJournal, readJournal, saveJournal } from './journal.ts'
import { emptyState, readState, saveState, type Installed } from './state.ts'

let dir = ''
let file = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fairway-state-'))
  file = join(dir, 'file.json')
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const old: Installed = { releaseId: 're_1', version: '1.0.0', sequence: 1, folder: '1.0.0_re_1' }
const artifact = { name: 'till', kind: 'opaque' as const, size: 1, sha256: 'a', sha512: 'b', url: '/x' }
const target = { releaseId: 're_2', version: '1.1.0', sequence: 2, folder: '1.1.0_re_2', artifact }

test('a durable write replaces the whole file, keeps it private and leaves nothing beside it', async () => {
  await writeDurably(file, 'long old content')
  await writeDurably(file, 'new')

  expect(await readFile(file, 'utf8')).toBe('new')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await expect(stat(`${file}.tmp`)).rejects.toThrow('ENOENT')
})

describe('the journal', () => {
  test.each([
    ['fresh', createJournal(target, old)],
    ['of a first install', createJournal(target, null)],
    [
      'of a failure',
      {
        ...createJournal(target, old),
        phase: 'back' as const,
        attempts: 2,
        silent: true,
        failure: { code: 'c', reason: 'r', lasting: true },
      },
    ],
  ])('%s comes back as it was', async (_name, journal) => {
    await saveJournal(file, journal)

    expect(await readJournal(file)).toEqual(journal)
  })

  test('that is not there is nothing', async () => {
    expect(await readJournal(file)).toBeUndefined()
  })

  const good = createJournal(target, old)
  test.each([
    ['not JSON', '{"format":1,'],
    ['another format', JSON.stringify({ ...good, format: 2 })],
    ['an unknown phase', JSON.stringify({ ...good, phase: 'sideways' })],
    ['no target', JSON.stringify({ ...good, target: {} })],
    ['a missing report id', JSON.stringify({ ...good, reportIds: { ...good.reportIds, failed: '' } })],
    ['a list', '[]'],
  ])('that is damaged is never taken for none: %s', async (_name, text) => {
    await writeFile(file, text)

    await expect(readJournal(file)).rejects.toMatchObject({ code: 'file.damaged' })
  })

  test('each report has an id of its own', () => {
    expect(new Set(Object.values(good.reportIds)).size).toBe(5)
  })
})

describe('the state', () => {
  test('comes back as it was; none is an empty one', async () => {
    const refused = [{ releaseId: 're_0', version: '0.9.0', reason: 'r' }]
    const state = {
      ...emptyState,
      current: old,
      history: [old],
      highestSequence: 7,
      refused,
      setback: { releaseId: 'a', code: 'b', reason: 'c' },
      settled: 'id',
    }

    expect(await readState(file)).toEqual(emptyState)
    await saveState(file, state)
    expect(await readState(file)).toEqual(state)
  })

  test('that is damaged is said', async () => {
    await writeFile(file, '{}')
    await expect(readState(file)).rejects.toMatchObject({ code: 'file.damaged' })
  })
})
