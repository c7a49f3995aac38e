// The story of cleaning up: what expired goes, what lives stays.
import { expect, onTestFinished, test } from 'vitest'
import { aStaff, signIn, TEST_PASSWORD } from '#testing/people'
import { openIdentity } from '../testing/open-identity.ts'
import { removeExpired } from './expired-store.ts'

test('sessions and links go when their time is over', async () => {
  const fairway = await openIdentity()
  onTestFinished(fairway.close)
  const { person } = await aStaff(fairway, ['viewer'], TEST_PASSWORD)
  const headers = await signIn(fairway, person)
  await fairway.http.inject({ method: 'POST', url: '/api/auth/sign-in/magic-link', payload: { email: person.email } })
  const left = async () => [
    (await fairway.db.selectFrom('identity.session').select('id').execute()).length,
    (await fairway.db.selectFrom('identity.verification').select('id').execute()).length,
  ]

  await removeExpired(fairway.db, new Date())
  const before = await left()
  await removeExpired(fairway.db, new Date(Date.now() + 16 * 60_000))
  const afterLink = await left()
  await removeExpired(fairway.db, new Date(Date.now() + 8 * 86_400_000))

  expect(before).toEqual([1, 1])
  expect(afterLink).toEqual([1, 0])
  expect(await left()).toEqual([0, 0])
  expect((await fairway.http.inject({ url: '/api/v1/me', headers })).statusCode).toBe(401)
})
