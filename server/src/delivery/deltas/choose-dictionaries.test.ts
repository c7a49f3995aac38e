// Which patches are worth making: from what runs most, not too far back, not too large, and not too many.
import { expect, test } from 'vitest'
import type { Artifact } from '../artifacts/artifact.ts'
import { chooseDictionaries, type EarlierRelease, PATCH_LIMITS } from './choose-dictionaries.ts'

function anArtifact(sha256: string, change: Partial<Artifact> = {}): Artifact {
  const where = { id: `ar_${sha256}`, releaseId: 're', platform: 'linux', arch: 'x64', name: 'till', kind: 'opaque' as const }
  return { ...where, size: 1000, sha256, sha512: '', plain: { sha256, size: 1000 }, ...change }
}

const ran = (sha256: string, uses: number, change: Partial<Artifact> = {}): EarlierRelease => ({
  artifacts: [anArtifact(sha256, change)],
  uses,
})
const chosen = (earlier: EarlierRelease[], artifact = anArtifact('new')) =>
  chooseDictionaries(artifact, earlier).map(({ dictionarySha256, uses }) => `${dictionarySha256} ${uses}`)

test('what most run comes first, and what nobody runs is left out', () => {
  expect(chosen([ran('c', 2), ran('b', 0), ran('a', 40)])).toEqual(['a 40', 'c 2'])
})

test('two releases with the same content count as one', () => {
  expect(chosen([ran('b', 5), ran('a', 3), ran('a', 4)])).toEqual(['a 7', 'b 5'])
})

test('only the same platform and architecture, or a file for any', () => {
  const other = ran('windows', 9, { platform: 'win32' })
  expect(chosen([other, ran('any', 3, { platform: 'any', arch: 'any' })])).toEqual(['any 3'])
})

test('at most eight, of the last ten releases', () => {
  const many = Array.from({ length: 12 }, (_, back) => ran(`r${back}`, back + 1))
  expect(chosen(many)).toEqual(['r9 10', 'r8 9', 'r7 8', 'r6 7', 'r5 6', 'r4 5', 'r3 4', 'r2 3'])
})

test.each([
  [
    'an old content that installations cannot hold in memory',
    [ran('a', 1, { plain: { sha256: 'a', size: PATCH_LIMITS.dictionaryBytes + 1 } })],
    anArtifact('new'),
  ],
  ['an old archive of which nobody knows what is inside', [ran('a', 1, { plain: null })], anArtifact('new')],
  [
    'a new one that is too large',
    [ran('a', 1)],
    anArtifact('new', { plain: { sha256: 'new', size: PATCH_LIMITS.targetBytes + 1 } }),
  ],
  ['a new one of which nobody knows what is inside', [ran('a', 1)], anArtifact('new', { plain: null })],
])('none with %s', (...[, earlier, artifact]) => {
  expect(chosen(earlier, artifact)).toEqual([])
})
