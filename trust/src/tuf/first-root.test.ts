// The bridge from the pinned key: only a version 1 that this key signed, and that is whole in itself, is the first root.
import { describe, expect, test } from 'vitest'
import { createSigningKey } from '../signing-key.ts'
import { headOf, type RootDocument } from './documents.ts'
import { isFirstRoot } from './first-root.ts'
import { tufKeyOf } from './key.ts'
import { signDocument, type Signer } from './sign.ts'

const [pinned, second, stranger] = [createSigningKey(), createSigningKey(), createSigningKey()]

function aRoot(rootKeys: Signer[], { threshold = 1, version = 1 } = {}): RootDocument {
  const named = rootKeys.map(({ publicKey }) => tufKeyOf(publicKey))
  const role = { keyids: named.map(({ keyid }) => keyid), threshold: 1 }
  return {
    ...headOf('root', { version, expires: new Date('2030-01-01T00:00:00Z') }),
    consistent_snapshot: true,
    keys: Object.fromEntries(named.map(({ keyid, key }) => [keyid, key])),
    roles: { root: { ...role, threshold }, targets: role, snapshot: role, timestamp: role },
  }
}

describe('the first root', () => {
  test.each<[string, RootDocument, Signer[]]>([
    ['signed by the pinned key alone', aRoot([pinned]), [pinned]],
    ['with a second key that signed as well', aRoot([pinned, second], { threshold: 2 }), [pinned, second]],
  ])('%s', (_name, root, signers) => {
    expect(isFirstRoot(JSON.parse(JSON.stringify(signDocument(root, signers))), pinned.publicKey)).toBe(true)
  })

  test.each<[string, RootDocument, Signer[]]>([
    ['signed by a stranger', aRoot([pinned]), [stranger]],
    ['of a stranger', aRoot([stranger]), [stranger]],
    ['that the pinned key signed for a stranger', aRoot([stranger]), [pinned, stranger]],
    ['below its own threshold', aRoot([pinned, second], { threshold: 2 }), [pinned]],
    ['without any signature', aRoot([pinned]), []],
    ['of a later version', aRoot([pinned], { version: 2 }), [pinned]],
  ])('is none: %s', (_name, root, signers) => {
    expect(isFirstRoot(signDocument(root, signers), pinned.publicKey)).toBe(false)
  })

  const good = signDocument(aRoot([pinned]), [pinned])
  test.each([
    ['nothing', undefined],
    ['text', 'root'],
    ['an empty object', {}],
    ['no signatures', { signed: good.signed }],
    ['a signature that is none', { ...good, signatures: [null] }],
    ['another document', { ...good, signed: { ...good.signed, _type: 'targets' } }],
    ['no roles', { ...good, signed: { ...good.signed, roles: {} } }],
    ['keys that are none', { ...good, signed: { ...good.signed, keys: { a: null } } }],
    ['its key without a value', { ...good, signed: { ...good.signed, keys: { [tufKeyOf(pinned.publicKey).keyid]: {} } } }],
    [
      'a threshold of none',
      { ...good, signed: { ...good.signed, roles: { ...good.signed.roles, root: { keyids: [], threshold: 0 } } } },
    ],
    ['a number that JSON cannot write canonically', { ...good, signed: { ...good.signed, extra: 0.5 } }],
    ['nested too deep', { ...good, signed: { ...good.signed, extra: nested(20_000) } }],
  ])('is none, and nothing is thrown: %s', (_name, value) => {
    expect(isFirstRoot(value, pinned.publicKey)).toBe(false)
  })
})

function nested(depth: number): unknown {
  return JSON.parse('['.repeat(depth) + ']'.repeat(depth))
}
