import { expect, test } from 'vitest'
import { createTestClock } from '#testing/test-clock'
import { createSecrets } from '#platform/secrets'
import { createTokenReader, issueAgentToken } from './agent-token.ts'
import { createProvenTokens } from './proven-tokens.ts'

const CLAIMS = { installationId: 'in_0000000000000000', instance: 'of-this-very-test', expiresMs: 1 }

test('never more than two generations are remembered', () => {
  const proven = createProvenTokens(1000)

  for (let at = 0; at < 120_000; at++) proven.remember(`token-${at}`, CLAIMS, 0)

  expect(proven.size()).toBe(70_000)
  expect(proven.find('token-49999')).toBeUndefined()
  expect(proven.find('token-50000')).toBe(CLAIMS)
  expect(proven.find('token-119999')).toBe(CLAIMS)
})

test('what is older than a token can be is forgotten, however few there are', () => {
  const proven = createProvenTokens(1000)

  for (const at of [0, 999, 1000, 2000]) proven.remember(`token-${at}`, CLAIMS, at)

  expect(['token-0', 'token-999', 'token-1000', 'token-2000'].map((one) => proven.find(one) !== undefined)).toEqual([
    false,
    false,
    true,
    true,
  ])
})

function aReader() {
  const secrets = createSecrets('a secret of thirty-two characters, only for tests')
  const clock = createTestClock()
  let proofs = 0
  const counting = { ...secrets, isMac: (...given: Parameters<typeof secrets.isMac>) => (proofs++, secrets.isMac(...given)) }
  const { token } = issueAgentToken({ secrets, clock }, CLAIMS.installationId, CLAIMS.instance)
  return { clock, token, read: createTokenReader({ secrets: counting, clock }), proofs: () => proofs }
}

test('a token is proved once, and its time is looked at every time', () => {
  const { clock, token, read, proofs } = aReader()

  const known = { kind: 'known', installationId: CLAIMS.installationId, instance: CLAIMS.instance }
  expect([read(token), read(token)]).toEqual([known, known])
  clock.advance(900_000)
  expect(read(token)).toEqual({ kind: 'expired' })
  expect(proofs()).toBe(1)
})

test('a token that is nearly a proved one is no better than any other', () => {
  const { token, read, proofs } = aReader()
  read(token)

  const turned = (place: number) => `${token.slice(0, place)}${token[place] === 'a' ? 'b' : 'a'}${token.slice(place + 1)}`
  for (let place = 0; place < token.length - 1; place++) expect([place, read(turned(place)).kind]).toEqual([place, 'unknown'])
  expect(read(`${token} `).kind).toBe('unknown')
  const before = proofs()
  expect([read(turned(30)).kind, read(turned(30)).kind]).toEqual(['unknown', 'unknown'])
  expect(proofs()).toBe(before + 2)
})
