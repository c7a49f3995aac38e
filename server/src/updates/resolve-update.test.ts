import { describe, expect, test } from 'vitest'
import { cohortHash, type DeliverySnapshot, type PublishedRelease } from '#delivery'
import { type Question, resolveUpdate } from './resolve-update.ts'
import { createSnapshot } from './snapshot.ts'

const SALT = 'salt'
const ids = Array.from({ length: 40 }, (_, index) => `in_${index}`).toSorted((a, b) =>
  cohortHash(SALT, a) < cohortHash(SALT, b) ? -1 : 1,
)
const [first = '', last = ''] = [ids[0], ids.at(-1)]

function aRelease(version: string, sequence: number, change: Partial<PublishedRelease> = {}): PublishedRelease {
  return {
    id: `re_${version}`,
    productId: 'till',
    version,
    sequence,
    state: 'published',
    publishedAt: new Date(0),
    notes: '',
    fixes: [],
    minimumVersion: null,
    manifest: { payloadType: '', payload: '', signatures: [] },
    artifacts: [
      {
        id: `ar_${version}`,
        platform: 'linux',
        arch: 'x64',
        name: 'till.tar.gz',
        kind: 'tar.gz',
        size: 1,
        sha256: '',
        sha512: '',
        plain: null,
      },
    ],
    ...change,
  }
}

/** 1.0.0 is completed on stable, 1.1.0 rolls out and the first installation is in. */
function facts(
  change: Partial<DeliverySnapshot> = {},
  rollout: Partial<NonNullable<DeliverySnapshot['channels'][0]['rollout']>> | null = {},
): DeliverySnapshot {
  const running = {
    id: 'ro_1',
    releaseId: 're_1.1.0',
    salt: SALT,
    state: 'running' as const,
    startedAt: new Date(0),
    percent: 5,
    threshold: cohortHash(SALT, first),
    step: 1,
    steps: [{ percent: 5, threshold: cohortHash(SALT, first) }],
  }
  return {
    products: [{ id: 'till', name: 'Till', isPublic: false, manifestKey: '', bakeSeconds: 60 }],
    channels: [
      {
        productId: 'till',
        name: 'stable',
        completedReleaseId: 're_1.0.0',
        releaseIds: [],
        provenReleaseIds: ['re_0.9.0', 're_1.0.0'],
        rollout: rollout && { ...running, ...rollout },
        rollbacks: [],
      },
    ],
    releases: [aRelease('0.9.0', 1), aRelease('1.0.0', 2), aRelease('1.1.0', 3)],
    repositories: [],
    patches: [],
    entitlements: [{ organisationId: 'org_1', productId: 'till', channel: 'stable' }],
    ...change,
  }
}

function ask(snapshot: DeliverySnapshot, change: Partial<Question> = {}) {
  const answer = resolveUpdate(createSnapshot(snapshot), {
    clientId: first,
    organisationId: 'org_1',
    productId: 'till',
    channel: 'stable',
    platform: 'linux',
    arch: 'x64',
    currentReleaseId: 're_1.0.0',
    refusedReleaseIds: [],
    ...change,
  })
  if (answer.kind === 'update') return answer.release.version
  return answer.kind === 'held' ? answer.because.code : answer.kind
}

describe('while a rollout runs', () => {
  test.each<[string, Partial<Question>, string]>([
    ['who is in gets it', {}, '1.1.0'],
    ['who is not in is held, and told so', { clientId: last }, 'cohort'],
    ['who is not in and is behind gets the last completed release', { clientId: last, currentReleaseId: 're_0.9.0' }, '1.0.0'],
    ['who is newly enrolled gets the last completed release, even where its hash is in', { currentReleaseId: null }, '1.0.0'],
    ['who runs it already is current', { currentReleaseId: 're_1.1.0' }, 'current'],
    ['where it rolled back it is not offered again', { refusedReleaseIds: ['re_1.1.0'] }, 'refused_here'],
    ['without a file for the platform it is held', { platform: 'windows' }, 'no_artifact'],
    ['a client that does not tell its version gets its release', { currentReleaseId: undefined }, '1.1.0'],
    [
      'a client that does not tell its version and is not in gets the completed one',
      { currentReleaseId: undefined, clientId: last },
      '1.0.0',
    ],
    ['a release that we do not know is updated', { currentReleaseId: 're_gone' }, '1.1.0'],
  ])('%s', (_title, question, expected) => {
    expect(ask(facts(), question)).toBe(expected)
  })

  test('a pause holds who is in and has not begun', () => {
    expect(ask(facts({}, { state: 'paused' }))).toBe('paused')
  })

  test('before the first step nobody is in', () => {
    expect(ask(facts({}, { threshold: null }))).toBe('cohort')
  })

  test('on a channel where nothing was completed yet, who is in begins with it and the others wait', () => {
    const fresh = facts()
    const empty = { ...fresh, channels: fresh.channels.map((channel) => ({ ...channel, completedReleaseId: null })) }

    expect(ask(empty, { currentReleaseId: null })).toBe('1.1.0')
    expect(ask(empty, { currentReleaseId: null, clientId: last })).toBe('cohort')
  })
})

describe('without a rollout', () => {
  test('the last completed release is current, and offered to who is behind', () => {
    expect(ask(facts({}, null))).toBe('current')
    expect(ask(facts({}, null), { currentReleaseId: null })).toBe('1.0.0')
  })

  test('nobody is sent back to an older release', () => {
    expect(ask(facts({}, null), { currentReleaseId: 're_1.1.0' })).toBe('current')
  })
})

describe('a withdrawn release', () => {
  const withdrawn = facts({ releases: [aRelease('1.0.0', 2), aRelease('1.1.0', 3, { state: 'withdrawn' })] }, null)

  test('is offered to nobody', () => {
    expect(ask(facts({ releases: withdrawn.releases }))).toBe('current')
  })

  test('stays where it runs, and says so', () => {
    expect(ask(withdrawn, { currentReleaseId: 're_1.1.0' })).toBe('withdrawn')
  })
})

describe('entitlement', () => {
  test('a foreign organisation is held', () => {
    expect(ask(facts(), { organisationId: 'org_2' })).toBe('not_entitled')
  })

  test('nobody is served without signing in, unless the product is public', () => {
    expect(ask(facts(), { organisationId: null })).toBe('not_entitled')
    expect(
      ask(facts({ products: [{ id: 'till', name: 'Till', isPublic: true, manifestKey: '', bakeSeconds: 60 }] }), {
        organisationId: null,
      }),
    ).toBe('1.1.0')
  })
})

test('a file of its own goes before one for all', () => {
  const artifact = aRelease('1.1.0', 3).artifacts[0]!
  const forAll = { ...artifact, id: 'ar_any', platform: 'any', arch: 'any' }
  const releases = [aRelease('1.0.0', 2), aRelease('1.1.0', 3, { artifacts: [forAll, artifact] })]
  const question = {
    clientId: first,
    organisationId: 'org_1',
    productId: 'till',
    channel: 'stable',
    currentReleaseId: 're_1.0.0',
    refusedReleaseIds: [],
  }

  const fitting = resolveUpdate(createSnapshot(facts({ releases })), { ...question, platform: 'linux', arch: 'x64' })
  const foreign = resolveUpdate(createSnapshot(facts({ releases })), { ...question, platform: 'openbsd', arch: 'riscv64' })

  expect(fitting).toMatchObject({ artifact: { id: 'ar_1.1.0' } })
  expect(foreign).toMatchObject({ artifact: { id: 'ar_any' } })
})

describe('where everybody was told to go back from 1.1.0', () => {
  const ordered = (rollout: Parameters<typeof facts>[1] = null) => {
    const before = facts({}, rollout)
    const rollbacks = [{ fromReleaseId: 're_1.1.0', toReleaseId: 're_1.0.0' }]
    return { ...before, channels: before.channels.map((channel) => ({ ...channel, rollbacks })) }
  }
  const onBad: Partial<Question> = { currentReleaseId: 're_1.1.0', trust: 2 }

  test.each<[string, Partial<Question>, string]>([
    ['who runs it gets the one before', onBad, '1.0.0'],
    ['who could not check the order keeps what it has', { ...onBad, trust: 1 }, 'current'],
    ['a client that tells nothing of the kind keeps what it has', { currentReleaseId: 're_1.1.0' }, 'current'],
    ['who runs the one before is current', { trust: 2 }, 'current'],
    ['where the older one failed once it is not offered', { ...onBad, refusedReleaseIds: ['re_1.0.0'] }, 'refused_here'],
  ])('%s', (_title, question, expected) => {
    expect(ask(ordered(), question)).toBe(expected)
  })

  test('a newer release that rolls out goes before the way back', () => {
    const snapshot = ordered({ releaseId: 're_1.2.0' })
    const withNewer = { ...snapshot, releases: [...snapshot.releases, aRelease('1.2.0', 4)] }

    expect(ask(withNewer, onBad)).toBe('1.2.0')
    expect(ask(withNewer, { ...onBad, clientId: last })).toBe('1.0.0')
  })
})

test('what the keys of the channel have not signed is offered to nobody', () => {
  const repository = { productId: 'till', files: new Map(), targets: new Map(), direct: undefined }

  expect(ask(facts({ repositories: [repository] }))).toBe('not_signed')
})

describe('a release that older versions cannot go to directly', () => {
  const needing = (minimumVersion: string) => {
    const before = facts({}, null)
    const releases = [...before.releases, { ...aRelease('1.2.0', 4), minimumVersion }]
    const channels = before.channels.map((channel) => ({ ...channel, completedReleaseId: 're_1.2.0' }))
    return { ...before, releases, channels }
  }

  test.each<[string, string, Partial<Question>, string]>([
    ['who runs the minimum gets it', '1.0.0', { currentReleaseId: 're_1.0.0' }, '1.2.0'],
    [
      'who is older goes over the newest one in between that the channel has proved',
      '1.0.0',
      { currentReleaseId: 're_0.9.0' },
      '1.0.0',
    ],
    ['a new installation begins with it', '1.0.0', { currentReleaseId: null }, '1.2.0'],
    ['where nothing lies in between, it is said so', '1.1.0', { currentReleaseId: 're_1.0.0' }, 'needs_bridge'],
    ['one that no rollout completed is no bridge', '1.1.0', { currentReleaseId: 're_0.9.0' }, '1.0.0'],
  ])('%s', (_title, minimumVersion, question, expected) => {
    expect(ask(needing(minimumVersion), question)).toBe(expected)
  })
})
