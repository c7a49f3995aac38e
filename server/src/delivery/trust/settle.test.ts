import { createSigningKey, type RootDocument, type TargetsDocument, tufKeyOf } from '@fairway/trust'
import { describe, expect, test } from 'vitest'
import { authorityIn, isEnough } from './authority.ts'
import { inForce, type RepositoryState, waiting } from './repository.ts'
import { settle, type Wanted } from './settle.ts'

const NOW = new Date('2026-11-23T10:00:00Z')
const DAY_MS = 86_400_000
const ROLES = ['root', 'targets', 'snapshot', 'timestamp', 'director', 'channel-stable']
const target = (sha256: string) => ({ length: 1, hashes: { sha256: sha256.repeat(64) } })

/** Each role with a key of its own that we hold. */
function aState(): RepositoryState {
  const state: RepositoryState = { productId: 'till', roles: {}, keys: {}, signers: {}, documents: [] }
  for (const role of ROLES) give(state, role, [aKey()])
  return state
}

function aKey() {
  const pair = createSigningKey()
  return { ...tufKeyOf(pair.publicKey), signer: pair }
}

function give(state: RepositoryState, role: string, keys: ReturnType<typeof aKey>[], { threshold = 1, isHeld = true } = {}) {
  state.roles[role] = { keyids: keys.map(({ keyid }) => keyid), threshold }
  for (const { keyid, key, signer } of keys) {
    state.keys[keyid] = key
    if (isHeld) state.signers[keyid] = signer
  }
}

/** As the store would: what changed replaces what has the same role and version. */
function run(state: RepositoryState, wish: Partial<Wanted> = {}) {
  const settled = settle(state, { now: NOW, targets: { stable: { 'stable/1.0.0/till': target('a') } }, ...wish })
  const isGone = (one: { role: string; version: number }) =>
    [...settled.changed, ...settled.dropped].some(({ role, version }) => role === one.role && version === one.version)
  state.documents = [...state.documents.filter((one) => !isGone(one)), ...settled.changed]
  return settled.changed.map(({ role, version, isComplete }) => `${role} ${version}${isComplete ? '' : ' waits'}`)
}

const hasSigned = (state: RepositoryState, role: string, keyid: string) =>
  inForce(state.documents, role)?.envelope.signatures.some((one) => one.keyid === keyid)

/** Documents in force that those in force above them do not bear out, which a client would stumble over. */
function unbelieved({ documents }: RepositoryState) {
  return ROLES.filter((role) => {
    const above = inForce(documents, ['targets', 'snapshot', 'timestamp', 'root'].includes(role) ? 'root' : 'targets')
    const authority = authorityIn(above?.envelope.signed, role)
    const own = inForce(documents, role)
    return own !== undefined && (!authority || !isEnough(own.envelope, authority))
  })
}

function permutations(words: string[]): string[][] {
  return words.length < 2
    ? [words]
    : words.flatMap((word) => permutations(words.filter((one) => one !== word)).map((rest) => [word, ...rest]))
}

const signed = <Document>(state: RepositoryState, role: string) => inForce(state.documents, role)?.envelope.signed as Document

describe('a new repository', () => {
  test('has all documents at once, and then there is nothing to do', () => {
    const state = aState()

    expect(run(state)).toEqual(['root 1', 'targets 1', 'channel-stable 1', 'snapshot 1', 'timestamp 1'])
    expect(run(state)).toEqual([])
  })

  test('cannot begin without the signature of its root', () => {
    const state = aState()
    give(state, 'root', [aKey()], { isHeld: false })

    expect(() => run(state)).toThrow('first root')
  })
})

describe('only what changed is signed anew', () => {
  test('another file on a channel', () => {
    const state = aState()
    run(state)

    expect(run(state, { targets: { stable: { 'stable/1.1.0/till': target('b') } } })).toEqual([
      'channel-stable 2',
      'snapshot 2',
      'timestamp 2',
    ])
  })

  test('another channel', () => {
    const state = aState()
    run(state)
    give(state, 'channel-beta', [aKey()])

    expect(run(state, { targets: { stable: { 'stable/1.0.0/till': target('a') }, beta: {} } })).toEqual([
      'targets 2',
      'channel-beta 1',
      'snapshot 2',
      'timestamp 2',
    ])
  })

  test.each([
    [0.4, []],
    [0.6, ['timestamp 2']],
    [4.5, ['snapshot 2', 'timestamp 2']],
    [61, ['channel-stable 2', 'snapshot 2', 'timestamp 2']],
    [306, ['root 2', 'targets 2', 'channel-stable 2', 'snapshot 2', 'timestamp 2']],
  ])('%d days later', (days, expected) => {
    const state = aState()
    run(state)

    expect(run(state, { now: new Date(NOW.getTime() + days * DAY_MS) })).toEqual(expected)
  })
})

describe('keys that are kept elsewhere', () => {
  test('a new key of the timestamp is named by a new root, and signs from then on', () => {
    const state = aState()
    run(state)
    const key = aKey()
    give(state, 'timestamp', [key])

    expect(run(state)).toEqual(['root 2', 'timestamp 2'])
    expect(inForce(state.documents, 'timestamp')?.envelope.signatures.map(({ keyid }) => keyid)).toEqual([key.keyid])
  })

  test('a root with two of three keys waits for them, and the old one serves on', () => {
    const state = aState()
    run(state)
    const [first, second, third] = [aKey(), aKey(), aKey()]
    give(state, 'root', [first, second, third], { threshold: 2, isHeld: false })

    // The old root's key signs, which is not enough for the new one.
    expect(run(state)).toEqual(['root 2 waits'])
    expect(signed<RootDocument>(state, 'root').version).toBe(1)
    expect(run(state)).toEqual([])
    state.signers[first.keyid] = first.signer
    expect(run(state)).toEqual(['root 2 waits'])
    state.signers[third.keyid] = third.signer
    expect(run(state)).toEqual(['root 2'])
    expect(inForce(state.documents, 'root')?.envelope.signatures).toHaveLength(3)
    expect(waiting(state.documents, 'root')).toBeUndefined()
  })

  test('a channel whose key is elsewhere goes on with what it has, until its signature comes', () => {
    const state = aState()
    const key = aKey()
    give(state, 'channel-stable', [key])
    run(state)
    delete state.signers[key.keyid]
    const targets = { stable: { 'stable/1.1.0/till': target('b') } }

    expect(run(state, { targets })).toEqual(['channel-stable 2 waits'])
    expect(Object.keys(signed<TargetsDocument>(state, 'channel-stable').targets)).toEqual(['stable/1.0.0/till'])
    state.signers[key.keyid] = key.signer
    expect(run(state, { targets })).toEqual(['channel-stable 2', 'snapshot 2', 'timestamp 2'])
  })

  test('a root that names new keys of the targets waits until these have signed the targets, and both come together', () => {
    const state = aState()
    run(state)
    const key = aKey()
    give(state, 'targets', [key], { isHeld: false })

    expect(run(state)).toEqual(['root 2 waits', 'targets 2 waits'])
    expect(run(state)).toEqual([])
    state.signers[key.keyid] = key.signer
    expect(run(state)).toEqual(['targets 2', 'root 2', 'snapshot 2', 'timestamp 2'])
  })

  test('a channel goes on under its old key while a new one waits to be named', () => {
    const state = aState()
    run(state)
    const key = aKey()
    give(state, 'channel-stable', [key], { isHeld: false })
    expect(run(state)).toEqual(['targets 2 waits', 'channel-stable 2 waits'])
    const targets = { stable: { 'stable/1.1.0/till': target('b') } }

    expect(run(state, { targets })).toEqual(['channel-stable 2', 'channel-stable 3 waits', 'snapshot 2', 'timestamp 2'])
    expect(run(state, { targets })).toEqual([])
    state.signers[key.keyid] = key.signer
    expect(run(state, { targets })).toEqual(['channel-stable 3', 'targets 2', 'snapshot 3', 'timestamp 3'])
    expect(run(state, { targets })).toEqual([])
  })

  test('root, targets and channel all at once, in whatever order they sign: a client can follow at every moment', () => {
    for (const order of permutations(['root', 'targets', 'channel-stable'])) {
      const state = aState()
      run(state)
      const keys = order.map((role) => ({ role, ...aKey() }))
      for (const { role, ...key } of keys) give(state, role, [key], { isHeld: false })
      run(state)

      for (const { keyid, signer } of keys) {
        state.signers[keyid] = signer
        run(state)
        expect(unbelieved(state), order.join()).toEqual([])
      }
      expect(inForce(state.documents, 'root')?.version).toBe(2)
      for (const { role, keyid } of keys) expect(hasSigned(state, role, keyid), role).toBe(true)
      expect(run(state)).toEqual([])
    }
  })

  test('a second key beside the first is named at once where the first is enough', () => {
    const state = aState()
    const first = aKey()
    give(state, 'channel-stable', [first])
    run(state)
    give(state, 'channel-stable', [first, aKey()], { isHeld: false })

    expect(run(state)).toEqual(['targets 2', 'snapshot 2', 'timestamp 2'])
    expect(run(state)).toEqual([])
  })

  test('a key that is needed twice signs once, and nothing is signed again and again', () => {
    const state = aState()
    const [first, second] = [aKey(), aKey()]
    give(state, 'channel-stable', [first])
    run(state)
    give(state, 'channel-stable', [first, second], { threshold: 2, isHeld: false })

    expect(run(state)).toEqual(['targets 2 waits', 'channel-stable 2 waits'])
    expect(run(state)).toEqual([])
    state.signers[second.keyid] = second.signer
    expect(run(state)).toEqual(['channel-stable 2', 'targets 2', 'snapshot 2', 'timestamp 2'])
  })

  test('an urgent root does not wait for a rotation of a channel', () => {
    const state = aState()
    run(state)
    give(state, 'channel-stable', [aKey()], { isHeld: false })
    run(state)
    give(state, 'timestamp', [aKey()])

    expect(run(state)).toEqual(['root 2', 'timestamp 2'])
  })

  test('what waited and is no longer wanted is dropped', () => {
    const state = aState()
    run(state)
    const before = state.roles.root
    give(state, 'root', [aKey()], { isHeld: false })
    run(state)
    if (before) state.roles.root = before

    expect(run(state)).toEqual([])
    expect(waiting(state.documents, 'root')).toBeUndefined()
  })

  test('what waited too long is proposed anew, with a new time', () => {
    const state = aState()
    run(state)
    give(state, 'root', [aKey()], { isHeld: false })
    run(state)
    const before = waiting(state.documents, 'root')?.expiresAt ?? NOW

    run(state, { now: new Date(NOW.getTime() + 310 * DAY_MS) })

    const after = waiting(state.documents, 'root')
    expect(after?.version).toBe(2)
    expect(after?.expiresAt.getTime()).toBeGreaterThan(before.getTime())
  })
})
