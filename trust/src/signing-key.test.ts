// The rules of signing keys, as a table.
import { createHash, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createSigningKey, fingerprintOf } from './index.ts'
import { isSignedBy, signBytes } from './signing-key.ts'

describe('signing keys', () => {
  test('a key is 32 raw bytes and a PKCS#8 that sign and verify', () => {
    const key = createSigningKey()
    const signature = signBytes(Buffer.from('x'), key)

    expect(Buffer.from(key.publicKey, 'base64url')).toHaveLength(32)
    expect(isSignedBy(key.publicKey, Buffer.from('x'), signature)).toBe(true)
    expect(isSignedBy(createSigningKey().publicKey, Buffer.from('x'), signature)).toBe(false)
  })

  test('RFC 8032 §7.1 test 2 verifies', () => {
    const publicKey = Buffer.from('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', 'hex').toString('base64url')
    const signature = Buffer.from(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
      'hex',
    )

    expect(isSignedBy(publicKey, Buffer.from('72', 'hex'), signature)).toBe(true)
    expect(isSignedBy(publicKey, Buffer.from('73', 'hex'), signature)).toBe(false)
  })

  test('the fingerprint is the SHA-256 of the raw bytes', () => {
    const raw = Buffer.alloc(32, 7)

    expect(fingerprintOf(raw.toString('base64url'))).toBe(`sha256:${createHash('sha256').update(raw).digest('hex')}`)
  })

  const padded = `${Buffer.alloc(32, 7).toString('base64url')}=`
  test.each(['', 'abc', padded, Buffer.alloc(31).toString('base64url'), 'ä'.repeat(43)])('%j is no public key', (text) => {
    expect(() => fingerprintOf(text)).toThrow(TypeError)
    expect(isSignedBy(text, Buffer.from('x'), Buffer.alloc(64))).toBe(false)
  })

  test('another kind of private key, and a stranger, are refused', () => {
    const x25519 = generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64url')
    const { privateKey } = createSigningKey()

    expect(() => signBytes(Buffer.from('x'), { privateKey: x25519 })).toThrow('Ed25519')
    expect(() => signBytes(Buffer.from('x'), { privateKey: 'bm9uZQ' })).toThrow('Ed25519')
    expect(() => signBytes(Buffer.from('x'), { privateKey, publicKey: createSigningKey().publicKey })).toThrow('belong')
  })
})
