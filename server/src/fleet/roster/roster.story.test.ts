// The story of the roster: what one process learns, the others know; and what was missed is found.
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { silentLog } from '#platform/log'
import { cutOff } from '#testing/cut-off'
import { type AnInstallation, anInstallation, aRun } from '#testing/installations'
import { aStaff } from '#testing/people'
import type { CheckIn } from '../installation.ts'
import { listByIds } from '../installations/installation-store.ts'
import { openFleet, type TestFleet } from '../testing/open-fleet.ts'
import { createRosterKeeper } from './keep-roster.ts'
import { createRoster } from './roster.ts'

const CHECK_IN: CheckIn = { version: null, releaseId: null, health: 'unknown', platform: 'linux', arch: 'x64', refused: [] }
const soon = { timeout: 3000, interval: 10 }

/** What runs there as far as this process knows, or why it would refuse it. */
function knownIn({ fleet }: TestFleet, { token }: { token: string }) {
  try {
    return fleet.identify(token).installation.version
  } catch (error) {
    return (error as { code: string }).code
  }
}

function tell({ fleet }: TestFleet, { installation, instance }: AnInstallation, version: string) {
  fleet.noteCheckIn(installation.id, instance, { ...CHECK_IN, version })
}

test('a process that starts later knows everybody, and what was revoked before', async () => {
  const process = await openFleet()
  const [till, gone] = [await anInstallation(process), await anInstallation(process)]
  tell(process, till, '1.0.0')
  await expect.poll(() => knownIn(process, till), soon).toBe('1.0.0')
  const { headers } = await aStaff(process, ['operator'])
  await process.http.inject({ method: 'POST', url: `/api/v1/installations/${gone.installation.id}/revoke`, headers })

  const second = await openFleet(process)

  expect(knownIn(second, till)).toBe('1.0.0')
  expect(knownIn(second, gone)).toBe('agent.revoked')
})

test('what is enrolled, told and retired on one process is soon so on the other', async () => {
  const process = await openFleet()
  const second = await openFleet(process)
  const { headers } = await aStaff(process, ['operator'])
  const till = await anInstallation(process)

  await expect.poll(() => knownIn(second, till), soon).toBeNull()
  tell(process, till, '1.0.0')
  await expect.poll(() => knownIn(second, till), soon).toBe('1.0.0')
  await process.http.inject({ method: 'POST', url: `/api/v1/installations/${till.installation.id}/retire`, headers })
  await expect.poll(() => knownIn(second, till), soon).toBe('agent.revoked')
})

test('a proof at a process that has not heard of the installation yet is enough for it', async () => {
  const process = await openFleet()
  const second = await openFleet(process)
  const till = await anInstallation(process)

  const run = await aRun(second, { installationId: till.installation.id, key: till.key })

  expect(knownIn(second, run)).toBeNull()
})

test('what happened while the database was away is known when it is back', async () => {
  const process = await openFleet()
  const second = await openFleet(process)
  const till = await anInstallation(process)
  await expect.poll(() => knownIn(second, till), soon).toBeNull()
  const giveBack = await cutOff(process)
  tell(process, till, '1.0.0')
  await giveBack()

  // Connections that were cut may still be handed out once; asking again is what installations do.
  const tellAgain = () => {
    tell(process, till, '1.0.0')
    return knownIn(process, till)
  }
  await expect.poll(tellAgain, { timeout: 5000 }).toBe('1.0.0')

  await expect.poll(() => knownIn(second, till), { timeout: 5000 }).toBe('1.0.0')
})

test('without any event, the sweep finds rows that changed', async () => {
  const { db, ...process } = await openFleet()
  const { installation } = await anInstallation(process)
  const roster = createRoster()
  const keeper = createRosterKeeper({ db, roster, log: silentLog })
  await keeper.load()
  const version = () => roster.entry(installation.id)?.standing.version
  expect(version()).toBeNull()

  await db
    .updateTable('fleet.installation')
    .set({ version: '1.0.0', revision: 9, updated_at: new Date() })
    .where('id', '=', installation.id)
    .execute()

  await expect.poll(version, { timeout: 4000 }).toBe('1.0.0')
  await keeper.stop()
})

test('an older version of a row never replaces a newer one, and more than a page is loaded', async () => {
  const { db, ...process } = await openFleet()
  const { installation } = await anInstallation(process)
  await sql`
    insert into fleet.installation (id, organisation_id, product_id, channel, name, platform, arch, public_key, state, health, enrolled_at)
    select 'in_' || lpad(n::text, 16, '0'), 'or_1', 'till', 'stable', 'one of many', 'linux', 'x64', 'none', 'active', 'unknown', now()
    from generate_series(1, 20100) as n`.execute(db)
  const roster = createRoster()
  const keeper = createRosterKeeper({ db, roster, log: silentLog })

  await keeper.load()
  await keeper.stop()

  expect(roster.count()).toBe(20_101)
  const row = { ...installation, publicKey: '', instance: null, instanceSince: null, supersededInstances: [] }
  roster.put({ ...row, version: '9.0.0', revision: 9 })
  roster.put({ ...row, version: '8.0.0', revision: 8 })
  expect(roster.entry(installation.id)?.standing.version).toBe('9.0.0')
})

test('a row is the same whether it was loaded in a page or put by who changed it', async () => {
  const { db, fleet, clock, ...process } = await openFleet()
  const till = await anInstallation({ fleet })
  const bare = await anInstallation({ fleet })
  const told = { ...CHECK_IN, version: '1.0.0', releaseId: 're_1', health: 'healthy' as const, refused: ['re_8', 're_9'] }
  fleet.noteCheckIn(till.installation.id, till.instance, told)
  await expect.poll(() => fleet.identify(till.token).installation.version, soon).toBe('1.0.0')
  await aRun({ fleet }, { installationId: till.installation.id, key: till.key, instance: 'another-run-of-it' })
  clock.advance(1000)
  fleet.noteCheckIn(till.installation.id, till.instance, told)
  await fleet.stop()

  const [loaded, put] = [createRoster(), createRoster()]
  const keeper = createRosterKeeper({ db, roster: loaded, log: silentLog })
  await keeper.load()
  await keeper.stop()
  const ids = [till.installation.id, bare.installation.id]
  for (const installation of await listByIds(db, ids)) put.put(installation)

  for (const id of ids) expect(loaded.entry(id)).toEqual(put.entry(id))
  expect(loaded.entry(till.installation.id)).toMatchObject({
    instance: 'another-run-of-it',
    isCopied: true,
    lastSeenMs: expect.toSatisfy((ms: number) => Math.abs(ms - clock.now().getTime()) < 60_000),
    standing: { version: '1.0.0', releaseId: 're_1', health: 'healthy', refusedReleaseIds: ['re_8', 're_9'] },
  })
  expect(loaded.entry(bare.installation.id)).toMatchObject({ lastSeenMs: 0, standing: { version: null, refusedReleaseIds: [] } })
  await process.close()
})

test('who stands alike shares what they have in common', () => {
  const roster = createRoster()
  const standing = ['or_1', 'till', 'stable', 'linux', 'x64', 'active', '', '', 'unknown', ''].join('\t')

  for (const id of ['in_1', 'in_2']) roster.putRow({ id, revision: 1, instance: null, isCopied: false, lastSeenMs: 0, standing })

  expect(roster.entry('in_1')?.standing).toBe(roster.entry('in_2')?.standing)
})
