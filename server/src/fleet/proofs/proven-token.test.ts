// The token that was proved: looked at whole each time, and never believed longer than it says.
import { expect, test } from 'vitest'
import { createTestClock } from '#testing/test-clock'
import { createSecrets } from '#platform/secrets'
import { createTokenReader, issueAgentToken } from './agent-token.ts'
import { isProven, type Proof } from './proven-token.ts'

const INSTANCE = 'of-this-very-test'
const ID = 'in_0000000000000000'

function aReader() {
  const secrets = createSecrets('a secret of thirty-two characters, only for tests')
  const clock = createTestClock()
  let proofs = 0
  const counting = { ...secrets, isMac: (...given: Parameters<typeof secrets.isMac>) => (proofs++, secrets.isMac(...given)) }
  const entry: { proof: Proof | null } = { proof: null }
  const read = createTokenReader({ secrets: counting, clock }, (id) => (id === ID ? entry : undefined))
  const issue = (id = ID, instance = INSTANCE) => issueAgentToken({ secrets, clock }, id, instance).token
  return { clock, entry, issue, read, proofs: () => proofs }
}

test('a token is proved once, and its time is looked at every time', () => {
  const { clock, entry, issue, read, proofs } = aReader()
  const token = issue()

  const known = { kind: 'known', entry, instance: INSTANCE }
  expect([read(token), read(token)]).toEqual([known, known])
  expect(proofs()).toBe(1)
  clock.advance(900_000)
  expect(read(token)).toEqual({ kind: 'expired' })
  expect(proofs()).toBe(1)
})

test('a newer token takes the place of the older one, which is proved again where it comes back', () => {
  const { entry, issue, read, proofs } = aReader()
  const [one, other] = [issue(), issue(ID, 'another-run-of-it')]

  expect([one, other, one].map((token) => read(token).kind)).toEqual(['known', 'known', 'known'])
  expect(proofs()).toBe(3)
  expect(entry.proof?.token).toBe(one)
})

test('a token that is nearly a proved one is no better than any other', () => {
  const { entry, issue, read, proofs } = aReader()
  const token = issue()
  read(token)

  const turned = (place: number) => `${token.slice(0, place)}${token[place] === 'a' ? 'b' : 'a'}${token.slice(place + 1)}`
  for (let place = 0; place < token.length - 1; place++) expect([place, read(turned(place)).kind]).toEqual([place, 'unknown'])
  expect([`${token} `, token.slice(0, -1), ''].map((one) => read(one).kind)).toEqual(['unknown', 'unknown', 'unknown'])
  const before = proofs()
  expect([read(turned(30)).kind, read(turned(30)).kind]).toEqual(['unknown', 'unknown'])
  expect(proofs()).toBe(before + 2)
  expect(entry.proof?.token).toBe(token)
})

test('a right token of an installation that nobody knows is unknown, and an old one is expired all the same', () => {
  const { clock, issue, read } = aReader()
  const token = issue('in_1111111111111111')

  expect(read(token)).toEqual({ kind: 'unknown' })
  clock.advance(900_000)
  expect(read(token)).toEqual({ kind: 'expired' })
})

test('every character counts', () => {
  const proof = { token: 'fwa_abc', instance: '', expiresMs: 0 }

  expect(isProven(proof, 'fwa_abc')).toBe(true)
  for (const token of ['fwa_abd', 'xwa_abc', 'fwa_ab', 'fwa_abcd', '']) expect(isProven(proof, token)).toBe(false)
})
