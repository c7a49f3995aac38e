// The rules of the token proof: bound to server, installation, process and nonce.
import { describe, expect, test } from 'vitest'
import { createSigningKey, proofText, signProof, verifyProof } from './index.ts'

const proof = { origin: 'https://fairway.example:8443', installationId: 'in_1', instance: 'instance-0123456789', nonce: 'n0nce' }
const key = createSigningKey()

describe('the proof', () => {
  test('is five lines without one at the end', () => {
    expect(proofText(proof)).toBe('fairway-agent-token-v1\nhttps://fairway.example:8443\nin_1\ninstance-0123456789\nn0nce')
  })

  test('verifies for its key only', () => {
    const signature = signProof(proof, key.privateKey)

    expect(verifyProof(proof, signature, key.publicKey)).toBe(true)
    expect(verifyProof(proof, signature, createSigningKey().publicKey)).toBe(false)
  })

  test.each([
    { origin: 'https://evil.example' },
    { installationId: 'in_2' },
    { instance: 'instance-9876543210' },
    { nonce: 'other' },
    { nonce: '' },
    { nonce: 'n0nce\nx' },
    { instance: 'a'.repeat(301) },
  ])('does not verify with %j', (change) => {
    expect(verifyProof({ ...proof, ...change }, signProof(proof, key.privateKey), key.publicKey)).toBe(false)
  })

  test.each([['shorter', -2] as const, ['empty', -1000] as const])('a %s signature is refused', (_name, end) => {
    expect(verifyProof(proof, signProof(proof, key.privateKey).slice(0, end), key.publicKey)).toBe(false)
  })

  test('two parts cannot be told as one with a line break', () => {
    expect(() => proofText({ ...proof, instance: 'a\nb' })).toThrow(TypeError)
    expect(() => signProof({ ...proof, origin: '' }, key.privateKey)).toThrow(TypeError)
  })
})
