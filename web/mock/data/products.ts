// The vendor's products, their releases, and what was wrong with them.
import type { Schemas } from '@fairway/client'
import { digestOf, idOf } from '../dice.ts'
import { ago, before, msOf } from '../times.ts'
import type { KnownError, Release } from '../world.ts'

export const SERVER = 'quayline'
export const GATE = 'quayline-gate'
const DEVELOPER = { id: 'pe_developer', name: 'A developer' }

export function products(): Schemas['Product'][] {
  const product = (id: string, name: string, channels: string[]): Schemas['Product'] => ({
    id,
    name,
    isPublic: false,
    fingerprint: `sha256:${digestOf(id)}`,
    bakeSeconds: 900,
    createdAt: ago('420d'),
    channels: channels.map((channel) => ({ name: channel })),
  })
  return [product(SERVER, 'Quayline', ['stable', 'beta']), product(GATE, 'Quayline Gate', ['stable'])]
}

/** How long ago each was published. */
export const PUBLISHED: Record<string, string> = {
  '1.5.0-beta.3': '1d 2h',
  '1.4.2': '3d 21h',
  '1.4.1': '16d',
  '1.4.0': '44d',
  '1.3.8': '75d',
  '1.3.6': '120d',
  '1.2.9': '200d',
}

const NOTES = `**Labels print again after the night sync**, and large sites can sign in all their scanners at once.

### Fixed
- The night sync releases its lock, so the print queue no longer stalls.
- Scanner sign-in with more than 40 handhelds.
- Daylight-saving hour in shift reports.

### Good to know
Needs 300 MB more disk while it installs.
`

const ids = new Map<string, string>()

export function releaseId(productId: string, version: string) {
  const words = `${productId} ${version}`
  const id = ids.get(words) ?? idOf('re', words)
  ids.set(words, id)
  return id
}

/** Newest first. */
export function releases(): Release[] {
  const fixes: Record<string, string[]> = { '1.4.2': ['KE-118', 'KE-109', 'KE-112'], '1.4.1': ['KE-96'] }
  const published = Object.entries(PUBLISHED).map(([version, span], index) =>
    publish(SERVER, version, { at: ago(span), sequence: 40 - index, fixes: fixes[version] ?? [] }),
  )
  const withdrawn: Release = {
    ...publish(SERVER, '1.3.7', {
      at: ago('96d'),
      sequence: 36,
      fixes: [],
    }),
    id: releaseId(SERVER, '1.3.7'),
    state: 'withdrawn',
    withdrawnAt: ago('95d'),
    withdrawnReason: 'Shift reports lost the first hour after midnight.',
  }
  const gate = [
    publish(GATE, '3.2.0', { at: ago('30d'), sequence: 12, fixes: [] }),
    publish(GATE, '3.1.9', { at: ago('62d'), sequence: 11, fixes: [] }),
  ]
  return [draft(), ...published, withdrawn, ...gate].toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
}

function draft(): Release {
  const unpublished = { state: 'draft' as const, publishedAt: null, publishedBy: null, sequence: null, artifacts: [] }
  const notes = 'Wave picking, and a shift plan that people can change on the floor.'
  return { ...publish(SERVER, '1.5.0', { at: ago('5h'), sequence: 0, fixes: ['KE-123'] }), ...unpublished, notes }
}

interface Published {
  at: string
  sequence: number
  fixes: string[]
}

function publish(productId: string, version: string, { at, sequence, fixes }: Published): Release {
  return {
    id: releaseId(productId, version),
    productId,
    version,
    state: 'published',
    fixes,
    minimumVersion: null,
    sequence,
    notes: version === '1.4.2' ? NOTES : `Smaller repairs since the version before.`,
    artifacts: artifactsOf(productId, version),
    createdAt: before(at, msOf('4h 22m')),
    publishedAt: at,
    ...{
      withdrawnAt: null,
      withdrawnReason: null,
      createdBy: DEVELOPER,
      publishedBy: DEVELOPER,
    },
  }
}

const FILES = [
  { platform: 'linux', arch: 'x64', kind: 'tar.zst', name: 'linux-x64.tar.zst', size: 94_200_000 },
  { platform: 'linux', arch: 'arm64', kind: 'tar.zst', name: 'linux-arm64.tar.zst', size: 91_800_000 },
  { platform: 'linux', arch: 'x64', kind: 'opaque', name: 'amd64.deb', size: 95_000_000 },
  { platform: 'windows', arch: 'x64', kind: 'opaque', name: 'setup.exe', size: 102_700_000 },
  { platform: 'any', arch: 'any', kind: 'opaque', name: 'sbom.cdx.json', size: 1_300_000 },
]

function artifactsOf(productId: string, version: string): Schemas['Artifact'][] {
  return FILES.map(({ name, ...file }) => {
    const full = `${productId}-${version}-${name}`
    return { ...file, id: idOf('ar', full), name: full, sha256: digestOf(full), sha512: `${digestOf(full)}${digestOf(name)}` }
  })
}

/** Newest first. */
export function knownErrors(): KnownError[] {
  const error = (id: string, told: Partial<KnownError> & Pick<KnownError, 'title' | 'affectedVersions'>): KnownError => ({
    id,
    productId: SERVER,
    description: '',
    workaround: '',
    cause: '',
    state: 'open',
    ...{
      createdAt: ago('11d'),
      changedAt: ago('3d'),
      createdBy: {
        id: 'pe_supportb',
        name: 'Support B',
      },
    },
    ...told,
  })
  return [
    error('KE-123', {
      title: 'Invoice export swaps net and gross',
      affectedVersions: '>=1.4.2',
      state: 'draft',
      createdAt: ago('6h'),
      changedAt: ago('2h'),
      ...{
        workaround: 'Swap the two columns before the import.',
        cause: 'The new export sorts its columns by name.',
      },
    }),
    error('KE-121', {
      productId: GATE,
      title: 'Gate terminal stays dark after a power cut',
      affectedVersions: '>=3.2.0',
      state: 'draft',
      ...{
        cause: 'The panel starts before its driver is there.',
        createdAt: ago('6h'),
        changedAt: ago('6h'),
      },
    }),
    error('KE-118', {
      title: 'Print queue stalls after the night sync',
      affectedVersions: '>=1.0.0 <1.4.2',
      createdAt: ago('4d 2h'),
      description: 'Labels wait in the queue from the night sync on, while printers show that they are ready.',
      workaround: 'Restart the print service (about 2 minutes). It holds until the next night sync.',
      cause: 'The sync leaves a lock behind that the print service waits for.',
    }),
    error('KE-112', {
      title: 'Gate barrier opens twice',
      affectedVersions: '>=1.4.0 <1.4.2',
      workaround: 'Set the delay of the barrier to 4 seconds.',
      ...{
        description: 'A second command is sent when the first is answered late.',
        cause: 'The retry does not know the answer.',
      },
    }),
    error('KE-109', {
      title: 'Scanner sign-in times out above 40 handhelds',
      affectedVersions: '>=1.4.0 <1.4.2',
      createdAt: ago('24d'),
      ...{
        workaround: 'Sign in in groups of 30.',
        cause: 'One pool for sign-in and sync.',
      },
    }),
    error('KE-96', {
      title: 'Shift report counts the daylight-saving hour twice',
      affectedVersions: '>=1.3.0 <1.4.1',
      state: 'closed',
      ...{
        createdAt: ago('40d'),
        changedAt: ago('12d'),
      },
    }),
  ]
}
