// The story of the roster: what one process learns, the others know; and what was missed is found.
import { expect, test } from 'vitest'
import { newId } from '#platform/ids'
import { silentLog } from '#platform/log'
import { anInstallation, aRun } from '#testing/installations'
import { aStaff } from '#testing/people'
import { cutOff, openFleet, type TestFleet } from '../testing/open-fleet.ts'
import { createRosterKeeper } from './keep-roster.ts'
import { createRoster } from './roster.ts'

function nameIn({ fleet }: TestFleet, token: string) {
  try {
    return fleet.identify(token).installation.name
  } catch (error) {
    return (error as { code: string }).code
  }
}

test('a process that starts later knows everybody, and what was revoked before', async () => {
  const process = await openFleet()
  const [till, gone] = [await anInstallation(process, { name: 'till-3' }), await anInstallation(process)]
  const { headers } = await aStaff(process, ['operator'])
  await process.http.inject({ method: 'POST', url: `/api/v1/installations/${gone.installation.id}/revoke`, headers })

  const second = await openFleet(process)

  expect(nameIn(second, till.token)).toBe('till-3')
  expect(nameIn(second, gone.token)).toBe('agent.revoked')
})

test('what is enrolled, renamed and retired on one process is soon so on the other', async () => {
  const process = await openFleet()
  const second = await openFleet(process)
  const { headers } = await aStaff(process, ['operator'])
  const till = await anInstallation(process, { name: 'till-3' })
  const url = `/api/v1/installations/${till.installation.id}`
  const soon = { timeout: 3000, interval: 10 }

  await expect.poll(() => nameIn(second, till.token), soon).toBe('till-3')
  await process.http.inject({ method: 'PATCH', url, headers, payload: { name: 'till-4' } })
  await expect.poll(() => nameIn(second, till.token), soon).toBe('till-4')
  await process.http.inject({ method: 'POST', url: `${url}/retire`, headers })
  await expect.poll(() => nameIn(second, till.token), soon).toBe('agent.revoked')
})

test('a proof at a process that has not heard of the installation yet is enough for it', async () => {
  const process = await openFleet()
  const second = await openFleet(process)
  const till = await anInstallation(process, { name: 'till-3' })

  const { token } = await aRun(second, { installationId: till.installation.id, key: till.key })

  expect(nameIn(second, token)).toBe('till-3')
})

test('what happened while the database was away is known when it is back', async () => {
  const process = await openFleet()
  const second = await openFleet(process)
  const till = await anInstallation(process, { name: 'till-3' })
  const { headers } = await aStaff(process, ['operator'])
  const giveBack = await cutOff(process)
  await giveBack()
  const rename = () =>
    process.http.inject({
      method: 'PATCH',
      url: `/api/v1/installations/${till.installation.id}`,
      headers,
      payload: { name: 'till-4' },
    })

  // Connections that were cut may still be handed out once.
  await expect.poll(async () => (await rename()).statusCode, { timeout: 5000 }).toBe(200)

  await expect.poll(() => nameIn(second, till.token), { timeout: 5000 }).toBe('till-4')
})

test('without any event, the sweep finds rows that changed', async () => {
  const { db, ...process } = await openFleet()
  const { installation } = await anInstallation(process, { name: 'till-3' })
  const roster = createRoster()
  const keeper = createRosterKeeper({ db, roster, log: silentLog })
  await keeper.load()
  expect(roster.entry(installation.id)?.name).toBe('till-3')

  await db
    .updateTable('fleet.installation')
    .set({ name: 'till-4', revision: 9, updated_at: new Date() })
    .where('id', '=', installation.id)
    .execute()

  await expect.poll(() => roster.entry(installation.id)?.name, { timeout: 4000 }).toBe('till-4')
  await keeper.stop()
})

test('an older version of a row never replaces a newer one, and more than a page is loaded', async () => {
  const { db, ...process } = await openFleet()
  const { installation } = await anInstallation(process, { name: 'till-3' })
  const many = Array.from({ length: 5200 }, () => ({
    id: newId('in'),
    organisation_id: 'or_1',
    product_id: 'till',
    channel: 'stable',
    name: 'one of many',
    platform: 'linux',
    arch: 'x64',
    public_key: 'none',
    state: 'active' as const,
    health: 'unknown' as const,
    enrolled_at: new Date(),
  }))
  for (let from = 0; from < many.length; from += 1300)
    await db
      .insertInto('fleet.installation')
      .values(many.slice(from, from + 1300))
      .execute()
  const roster = createRoster()
  const keeper = createRosterKeeper({ db, roster, log: silentLog })

  await keeper.load()
  await keeper.stop()

  expect(roster.count()).toBe(5201)
  const row = { ...installation, publicKey: '', instance: null, instanceSince: null, supersededInstances: [] }
  roster.put({ ...row, name: 'newer', revision: 9 })
  roster.put({ ...row, name: 'older', revision: 8 })
  expect(roster.entry(installation.id)?.name).toBe('newer')
})
