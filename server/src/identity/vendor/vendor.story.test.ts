// The story of the vendor's name: who sees it, who changes it, and where it stands.
import { expect, test } from 'vitest'
import type { StaffRole } from '#identity'
import { openFairwayForTest } from '#testing/open-fairway'
import { aMember, anOrganisation, aStaff } from '#testing/people'

test('it is Fairway until an administrator says who runs it; then everybody sees that, signed in or not', async () => {
  const { http, db, identity } = await openFairwayForTest()
  const administrator = await aStaff({ identity })
  const read = async () => (await http.inject({ method: 'GET', url: '/api/v1/vendor' })).json()
  const rename = (name: string) =>
    http.inject({ method: 'PATCH', url: '/api/v1/vendor', headers: administrator.headers, payload: { name } })

  expect(await read()).toEqual({ name: 'Fairway' })
  expect((await rename(' Varn\r\nhold ')).json()).toEqual({ name: 'Varn hold' })
  expect((await rename('Varnhold')).json()).toEqual({ name: 'Varnhold' })
  expect(await read()).toEqual({ name: 'Varnhold' })
  expect((await rename(' \n ')).json()).toMatchObject({ status: 422, code: 'vendor.name_empty' })
  expect((await rename('x'.repeat(61))).statusCode).toBe(422)
  const events = await db
    .selectFrom('platform.event')
    .select(['actor', 'body'])
    .where('name', '=', 'identity.vendor_renamed')
    .orderBy('id')
    .execute()
  expect(events).toEqual(['Varn hold', 'Varnhold'].map((name) => ({ actor: administrator.person.id, body: { name } })))
})

test('nobody else changes it', async () => {
  const fairway = await openFairwayForTest()
  const member = await aMember(fairway, (await anOrganisation(fairway)).id, 'manager')
  const rename = async (headers: Record<string, string>) =>
    (await fairway.http.inject({ method: 'PATCH', url: '/api/v1/vendor', headers, payload: { name: 'Mine' } })).statusCode

  for (const role of ['developer', 'operator', 'support', 'viewer'] satisfies StaffRole[])
    expect(await rename((await aStaff(fairway, [role])).headers), role).toBe(403)
  expect(await rename(member.headers)).toBe(403)
  expect(await rename({})).toBe(401)
  expect((await fairway.http.inject({ method: 'GET', url: '/api/v1/vendor' })).json()).toEqual({ name: 'Fairway' })
})

test('mails that name the place bear it', async () => {
  const fairway = await openFairwayForTest()
  const { headers, person } = await aStaff(fairway)
  const ask = (method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object) =>
    fairway.http.inject({ method, url, headers, ...(payload && { payload }) })

  await ask('PATCH', '/api/v1/vendor', { name: 'Varnhold' })
  await ask('POST', '/api/v1/staff/invitations', { email: 'new@vendor.example', roles: ['viewer'] })
  await fairway.http.inject({
    method: 'POST',
    url: '/api/auth/sign-in/magic-link',
    headers: { origin: 'http://localhost:4600' },
    payload: { email: person.email },
  })

  const { items } = (await ask('GET', '/api/v1/mails')).json<{ items: { to: string; subject: string; text: string }[] }>()
  expect(items.find((mail) => mail.to === 'new@vendor.example')).toMatchObject({
    subject: 'You are invited to Varnhold',
    text: expect.stringContaining('invited to Varnhold'),
  })
  expect(items.find((mail) => mail.to === person.email)?.subject).toBe('Your sign-in link for Varnhold')
})
