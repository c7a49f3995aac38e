// Bytes saved: what whole files would have weighed, less what really came.
import { expect, test } from 'vitest'
import type { FetchedCount } from '#fleet'
import type { Artifact } from '../artifacts/artifact.ts'
import { weigh } from './weigh.ts'

const anArtifact = (platform: string, size: number): Artifact => {
  const digests = { sha256: '', sha512: '', plain: null }
  return { id: `ar_${platform}`, releaseId: 're', platform, arch: 'any', name: platform, kind: 'opaque', size, ...digests }
}
const artifacts = [anArtifact('linux', 1000), anArtifact('win32', 5000)]
const told = (change: Partial<FetchedCount>): FetchedCount => ({
  platform: 'linux',
  arch: 'x64',
  how: 'patch',
  bytes: 10,
  installations: 1,
  ...change,
})

test.each<[string, FetchedCount[], object]>([
  ['nobody told', [], { fetched: 0, whole: 0, saved: 0, byPatch: 0 }],
  ['patches', [told({ installations: 3, bytes: 30 })], { fetched: 30, whole: 3000, saved: 2970, byPatch: 3 }],
  [
    'patches and whole files of two platforms',
    [told({}), told({ platform: 'win32', how: 'whole', installations: 2, bytes: 10_000 })],
    { fetched: 10_010, whole: 11_000, saved: 990, byPatch: 1 },
  ],
  ['a patch that came to nothing', [told({ how: 'whole', bytes: 1500 })], { fetched: 1500, whole: 1000, saved: 0, byPatch: 0 }],
  ['a machine without a file', [told({ platform: 'darwin' })], { fetched: 10, whole: 0, saved: 0, byPatch: 1 }],
])('%s', (...[, counts, sums]) => {
  expect(weigh(artifacts, counts)).toEqual(sums)
})
