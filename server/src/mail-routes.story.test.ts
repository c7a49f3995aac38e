// The door to mails that were given up: for administrators alone.
import { expect, test } from 'vitest'
import { openFairwayForTest } from '#testing/open-fairway'
import { aMember, anOrganisation, aStaff } from '#testing/people'

test('administrators send a mail anew that was given up; nobody else does, and what waits or does not exist is said', async () => {
  const fairway = await openFairwayForTest({ smtpUrl: 'smtp://127.0.0.1:1' })
  const administrator = await aStaff(fairway)
  const organisation = await anOrganisation(fairway)
  await fairway.http.inject({
    method: 'POST',
    url: `/api/v1/organisations/${organisation.id}/invitations`,
    headers: administrator.headers,
    payload: { email: 'new@customer.example', role: 'member' },
  })
  const { id } = await fairway.db.selectFrom('platform.mail').select('id').executeTakeFirstOrThrow()
  const retry = async (who: { headers: Record<string, string> }, mailId = id) =>
    fairway.http.inject({ method: 'POST', url: `/api/v1/mails/${mailId}/retry`, headers: who.headers })

  const waiting = await retry(administrator)
  await fairway.db.updateTable('platform.mail').set({ state: 'failed' }).execute()
  const others = [await aStaff(fairway, ['operator', 'support']), await aMember(fairway, organisation.id, 'manager')]
  const refused = await Promise.all(others.map(async (who) => (await retry(who)).statusCode))
  const unknown = await retry(administrator, 'ma_0000000000000000')
  const again = await retry(administrator)

  expect([waiting.statusCode, waiting.json().code]).toEqual([409, 'mail.not_failed'])
  expect(refused).toEqual([403, 403])
  expect([unknown.statusCode, unknown.json().code]).toEqual([404, 'mail.unknown'])
  expect(again.statusCode).toBe(204)
  expect(await fairway.db.selectFrom('platform.mail').select('state').executeTakeFirst()).toEqual({ state: 'waiting' })
})
