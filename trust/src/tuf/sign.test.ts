// What is signed here is what every TUF client accepts: read back by @tufjs/models, and counted as the specification counts.
import { Metadata, MetadataKind } from '@tufjs/models'
import { describe, expect, test } from 'vitest'
import { createSigningKey } from '../signing-key.ts'
import { headOf, type RootDocument, type TargetsDocument, type TufDocument, type TufEnvelope } from './documents.ts'
import { publicKeyOf, tufKeyOf } from './key.ts'
import { isSignedEnough, signatureOf, signDocument, signedBy } from './sign.ts'

const [one, two, stranger] = [createSigningKey(), createSigningKey(), createSigningKey()]
const [named, namedTwo] = [tufKeyOf(one.publicKey), tufKeyOf(two.publicKey)]
const keys = { [named.keyid]: named.key, [namedTwo.keyid]: namedTwo.key }
const role = { keyids: [named.keyid, namedTwo.keyid], threshold: 2 }
const expires = new Date('2030-01-02T03:04:05.678Z')

const root: RootDocument = {
  ...headOf('root', { version: 1, expires }),
  consistent_snapshot: true,
  keys,
  roles: { root: role, targets: role, snapshot: role, timestamp: role },
}
const targets: TargetsDocument = {
  ...headOf('targets', { version: 7, expires }),
  targets: {
    'stable/1.0.0/till "ü\\.zip': {
      length: 3,
      hashes: { sha256: 'a'.repeat(64) },
      custom: { text: 'Zürich\n\u0001', list: [null, true, 0] },
    },
  },
  delegations: { keys, roles: [{ name: 'channel-stable', ...role, paths: ['stable/*/*'], terminating: true }] },
}
const snapshot = { ...headOf('snapshot', { version: 3, expires }), meta: { 'targets.json': { version: 7 } } }
const timestamp = {
  ...headOf('timestamp', { version: 4, expires }),
  meta: { 'snapshot.json': { version: 3, length: 5, hashes: { sha256: 'b'.repeat(64) } } },
}

test('times are whole seconds in UTC', () => {
  expect(root.expires).toBe('2030-01-02T03:04:05Z')
})

describe('@tufjs/models accepts what was signed here, after a way through JSON', () => {
  const trusted = Metadata.fromJSON(MetadataKind.Root, wire(signDocument(root, [one, two])))

  test('a root, by its own keys', () => {
    expect(() =>
      trusted.verifyDelegate('root', Metadata.fromJSON(MetadataKind.Root, wire(signDocument(root, [one, two])))),
    ).not.toThrow()
  })

  test.each([
    ['targets', MetadataKind.Targets, targets],
    ['snapshot', MetadataKind.Snapshot, snapshot],
    ['timestamp', MetadataKind.Timestamp, timestamp],
  ] as const)('%s', (name, kind, document) => {
    const read = (signers: (typeof one)[]) => readAs(kind, wire(signDocument<TufDocument>(document, signers)))

    expect(() => trusted.verifyDelegate(name, read([one, two]))).not.toThrow()
    expect(() => trusted.verifyDelegate(name, read([one]))).toThrow('signed by 1/2')
    expect(() => trusted.verifyDelegate(name, read([one, stranger]))).toThrow('signed by 1/2')
  })

  test('a delegated role, by the keys of its delegation', () => {
    const delegating = Metadata.fromJSON(MetadataKind.Targets, wire(signDocument(targets, [one, two])))
    const delegated = readAs(MetadataKind.Targets, wire(signDocument({ ...targets, version: 8 }, [one, two])))

    expect(() => delegating.verifyDelegate('channel-stable', delegated)).not.toThrow()
  })
})

describe('signatures that count', () => {
  const signed = signDocument<TufDocument>(root, [one, two])

  test('are of the role’s keys over this very document', () => {
    expect(signedBy(signed, role, keys)).toEqual(role.keyids)
    expect(signedBy({ ...signed, signed: { ...root, version: 2 } }, role, keys)).toEqual([])
  })

  test.each<[string, Parameters<typeof isSignedEnough>, boolean]>([
    ['enough', [signed, role, keys], true],
    ['one is missing', [signDocument(root, [one]), role, keys], false],
    ['the same twice', [signDocument(root, [one, one]), role, keys], false],
    [
      'the same key listed twice in the role',
      [signDocument(root, [one]), { ...role, keyids: [named.keyid, named.keyid] }, keys],
      false,
    ],
    ['a stranger beside', [signDocument(root, [one, stranger]), role, keys], false],
    ['two names of one key', [twice(), { keyids: [named.keyid, 'other'], threshold: 2 }, { ...keys, other: named.key }], false],
    ['a name that every object has', [signed, { keyids: ['constructor', 'toString'], threshold: 1 }, keys], false],
    ['a threshold of none', [signDocument(root, [stranger]), { ...role, threshold: 0 }, keys], false],
    ['a threshold that is no number', [signed, { ...role, threshold: Number.NaN }, keys], false],
  ])('%s: %#', (_name, question, answer) => {
    expect(isSignedEnough(...question)).toBe(answer)
  })

  function twice(): TufEnvelope {
    const { sig } = signatureOf(root, one)
    return {
      signed: root,
      signatures: [
        { keyid: named.keyid, sig },
        { keyid: 'other', sig },
      ],
    }
  }

  test.each([
    ['a key of another kind', { keytype: 'rsa', scheme: 'rsassa-pss-sha256', keyval: { public: 'x' } }],
    ['a key without a value', { keytype: 'ed25519', scheme: 'ed25519' }],
    ['no key at all', null],
    ['a short key', { ...named.key, keyval: { public: 'ab' } }],
  ])('%s counts for nothing, and throws nothing', (_name, key) => {
    expect(signedBy(signed, role, { ...keys, [named.keyid]: key as never })).toEqual([namedTwo.keyid])
  })

  test('what cannot be written canonically was signed by nobody', () => {
    expect(signedBy({ ...signed, signed: { ...root, extra: 0.5 } as never }, role, keys)).toEqual([])
  })
})

test('a public key survives the way there and back, and is named as TUF says', () => {
  expect(publicKeyOf(named.key)).toBe(one.publicKey)
  // The specification's own rule, written out: SHA-256 of the canonical JSON of this one key.
  expect(tufKeyOf('A'.repeat(43)).keyid).toMatch(/^[0-9a-f]{64}$/)
  expect(() => tufKeyOf('short')).toThrow(TypeError)
})

function wire(envelope: TufEnvelope): Record<string, never> {
  return JSON.parse(JSON.stringify(envelope))
}

function readAs(kind: 'targets' | 'snapshot' | 'timestamp', value: Record<string, never>) {
  if (kind === 'targets') return Metadata.fromJSON(MetadataKind.Targets, value)
  return kind === 'snapshot' ? Metadata.fromJSON(MetadataKind.Snapshot, value) : Metadata.fromJSON(MetadataKind.Timestamp, value)
}
