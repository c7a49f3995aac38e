// The rules of API tokens.
import { describe, expect, test } from 'vitest'
import { type Actor, ANONYMOUS, SCOPES, type StaffRole, SYSTEM } from '../actor.ts'
import { digestOf, grantableScopes, isSecretOf, lacksScope, makeToken, readToken, whyNotUse } from './token.ts'

const staff = (...roles: StaffRole[]): Actor => ({ kind: 'staff', id: 'pe_1', name: 'Ann', email: 'ann@vendor.example', roles })
const manager: Actor = {
  kind: 'member',
  id: 'pe_2',
  name: 'Bo',
  email: 'bo@customer.example',
  organisationId: 'org_1',
  role: 'manager',
}

test('a token is read back as it was made, and its digest knows only its own secret', () => {
  const { id, digest, text } = makeToken()

  const read = readToken(text)

  expect(text).toMatch(/^fw_/)
  expect(read?.id).toBe(id)
  expect(isSecretOf(digest, read?.secret ?? '')).toBe(true)
  expect(isSecretOf(digest, makeToken().text)).toBe(false)
  expect(digest).toEqual(digestOf(read?.secret ?? ''))
})

test.each([
  '',
  'fw_',
  'fw__',
  `fw_${'a'.repeat(16)}`,
  `fw_${'a'.repeat(16)}_${'b'.repeat(42)}`,
  `fw_${'A'.repeat(16)}_${'b'.repeat(43)}`,
  `xx_${'a'.repeat(16)}_${'b'.repeat(43)}`,
  `fw_${'a'.repeat(16)}_${'b'.repeat(43)}\n`,
])('%j is not a token', (text) => {
  expect(readToken(text)).toBeUndefined()
})

describe('a token may at most what its person may', () => {
  test.each([
    [staff('administrator'), [...SCOPES]],
    [staff('viewer'), ['read', 'metrics:read']],
    [staff('viewer', 'support'), ['read', 'fleet:write', 'inquiries:write', 'identity:write', 'metrics:read']],
    [manager, ['read', 'inquiries:write']],
    [ANONYMOUS, []],
    [SYSTEM, []],
  ])('%j', (actor, scopes) => {
    expect(grantableScopes(actor)).toEqual(scopes)
  })
})

const now = new Date('2026-11-23T12:00:00Z')
test.each([
  [null, null, undefined],
  [new Date('2026-11-23T12:00:00.001Z'), null, undefined],
  [now, null, 'token.expired'],
  [null, now, 'token.revoked'],
  [now, now, 'token.revoked'],
])('expires %s, revoked %s: %s', (expiresAt, revokedAt, reason) => {
  expect(whyNotUse({ expiresAt, revokedAt }, now)).toBe(reason)
})

test.each([
  ['GET', undefined, ['read'], []],
  ['HEAD', undefined, ['read'], []],
  ['GET', undefined, ['inquiries:write'], ['read']],
  ['GET', 'metrics:read', ['read'], ['metrics:read']],
  ['POST', 'inquiries:write', ['inquiries:write'], []],
  ['POST', undefined, [...SCOPES], []],
  ['DELETE', undefined, ['read', 'identity:write'], SCOPES.filter((scope) => scope !== 'read' && scope !== 'identity:write')],
] as const)('%s of scope %s with %j lacks %j', (method, scope, held, missing) => {
  expect(lacksScope(held, { method, scope })).toEqual(missing)
})
