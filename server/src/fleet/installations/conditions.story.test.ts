// The story of how installations are: judged at the moment somebody looks, filtered, sorted by need and counted.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { newId } from '#platform/ids'
import { anInstallation } from '#testing/installations'
import { aMember, anOrganisation, aStaff } from '#testing/people'
import { type Health, type InstallationState, OUTCOME_KINDS, type OutcomeKind } from '../installation.ts'
import { openFleet, type TestFleet } from '../testing/open-fleet.ts'
import { type Condition, CONDITIONS } from './condition.ts'

type Headers = Record<string, string>
interface Shown {
  id: string
  name: string
  condition: Condition | null
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

async function openHouse() {
  const process = await openFleet()
  const [ours, theirs] = [await anOrganisation(process), await anOrganisation(process)]
  const { headers: viewer } = await aStaff(process, ['viewer'])
  const { headers: member } = await aMember(process, ours.id)
  return { process, ours, theirs, viewer, member }
}

async function get<Answer>({ http }: TestFleet, headers: Headers, url: string) {
  const answer = await http.inject({ url: `/api/v1/${url}`, headers })
  if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`)
  return answer.json<Answer>()
}

/** Every page of a list, one after the other. */
async function all(process: TestFleet, headers: Headers, query: string) {
  const items: Shown[] = []
  for (let after = ''; ;) {
    const page = await get<{ items: Shown[]; next: string | null }>(process, headers, `installations?limit=100&${query}${after}`)
    items.push(...page.items)
    if (page.next === null) return items
    after = `&after=${page.next}`
  }
}

interface Facts {
  name?: string
  state?: InstallationState
  health?: Health
  seenMsAgo?: number | null
  newest?: { kind: OutcomeKind; msAgo: number } | null
  version?: string | null
  organisationId?: string
}

/** Rows as they would be stored, since these facts cannot all be lived through. */
async function store({ db, clock }: TestFleet, facts: Facts[]) {
  const ago = (ms: number) => new Date(clock.now().getTime() - ms)
  const rows = facts.map((fact) => ({ id: newId('in'), ...fact }))
  await db
    .insertInto('fleet.installation')
    .values(
      rows.map(({ id, name = id, state = 'active', health = 'healthy', seenMsAgo = MINUTE, version = '1.0.0', ...row }) => ({
        id,
        organisation_id: row.organisationId ?? 'or_1',
        product_id: 'till',
        channel: 'stable',
        name,
        platform: 'linux',
        arch: 'x64',
        public_key: 'A'.repeat(43),
        state,
        health,
        version,
        enrolled_at: ago(0),
        last_seen_at: seenMsAgo === null ? null : ago(seenMsAgo),
      })),
    )
    .execute()
  const outcomes = rows.flatMap(({ id, newest }) => (newest ? [{ installation_id: id, ...newest }] : []))
  const row = { release_id: 're_2', offered_at: ago(48 * HOUR), reason: null }
  if (outcomes.length > 0)
    await db
      .insertInto('fleet.outcome')
      .values(outcomes.map(({ msAgo, ...outcome }) => ({ ...row, ...outcome, at: ago(msAgo) })))
      .execute()
  return rows.map(({ id }) => id)
}

test('the lists say of every combination of facts what the rule says', async () => {
  const { process, viewer } = await openHouse()
  const newests = OUTCOME_KINDS.flatMap((kind) =>
    [1, 29, 31, 23 * 60, 25 * 60].map((minutes) => ({ kind, msAgo: minutes * MINUTE })),
  )
  const facts = (['active', 'retired', 'revoked'] as const).flatMap((state) =>
    (['healthy', 'unhealthy', 'unknown'] as const).flatMap((health) =>
      [null, MINUTE, 14 * MINUTE, 16 * MINUTE].flatMap((seenMsAgo) =>
        [null, ...newests].map((newest) => ({ state, health, seenMsAgo, newest })),
      ),
    ),
  )
  await store(process, facts)

  const listed = await all(process, viewer, 'sort=need')
  const ranks = listed.map(({ condition }) => (condition ? CONDITIONS.indexOf(condition) : CONDITIONS.length))
  const { total, byCondition } = await get<{ total: number; byCondition: Record<Condition, number> }>(
    process,
    viewer,
    'installation-counts',
  )

  expect(new Set(listed.map(({ id }) => id)).size).toBe(facts.length)
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
  expect(total).toBe(facts.filter(({ state }) => state === 'active').length)
  for (const condition of CONDITIONS) {
    const filtered = await all(process, viewer, `condition=${condition}`)
    const judged = listed.filter((one) => one.condition === condition)
    expect(filtered.map(({ id }) => id)).toEqual(judged.map(({ id }) => id))
    expect([condition, byCondition[condition]]).toEqual([condition, judged.length])
    expect(judged.length).toBeGreaterThan(0)
  }
})

test('an installation goes from never to updating to healthy, and is silent when it says nothing more', async () => {
  const { process, ours, member } = await openHouse()
  const { installation, instance } = await anInstallation(process, { organisationId: ours.id })
  const { fleet, clock } = process
  const condition = async () => (await get<Shown>(process, member, `installations/${installation.id}`)).condition
  const tells = (kind: 'downloaded' | 'healthy' | 'rolled_back', releaseId: string) =>
    fleet.saveReports(installation.id, [{ reportId: randomUUID(), releaseId, kind, version: '1.0.0', reason: null }])
  const checksIn = (health: Health) =>
    fleet.noteCheckIn(installation.id, instance, {
      version: '1.0.0',
      releaseId: 're_1',
      health,
      platform: 'linux',
      arch: 'x64',
      refused: [],
    })

  expect(await condition()).toBe('never')
  await tells('downloaded', 're_1')
  expect(await condition()).toBe('never')
  checksIn('healthy')
  await expect.poll(condition).toBe('updating')
  await tells('healthy', 're_1')
  expect(await condition()).toBe('healthy')
  await tells('rolled_back', 're_2')
  expect(await condition()).toBe('degraded')
  checksIn('unhealthy')
  await expect.poll(condition).toBe('failing')
  const lastSeen = async () =>
    (await get<{ lastSeenAt: string | null }>(process, member, `installations/${installation.id}`)).lastSeenAt
  await expect.poll(lastSeen, { timeout: 20_000 }).not.toBeNull()
  clock.advance(16 * MINUTE)

  expect(await condition()).toBe('silent')
})

test('what needs a person stands first, and a page goes on where the one before ended though rows have moved', async () => {
  const { process, viewer } = await openHouse()
  const ids = await store(process, [
    { name: 'b', health: 'healthy' },
    { name: 'a', health: 'healthy' },
    { name: 'c', health: 'unhealthy' },
    { name: 'd', seenMsAgo: HOUR },
    { name: 'e', newest: { kind: 'rolled_back', msAgo: HOUR } },
    { name: 'f', state: 'retired' },
  ])
  const page = (after: string) =>
    get<{ items: Shown[]; next: string }>(process, viewer, `installations?limit=3${after && `&after=${after}`}`)

  const first = await page('')
  // The last one shown and one that is still to come begin to fail.
  await process.db
    .updateTable('fleet.installation')
    .set({ health: 'unhealthy', last_seen_at: process.clock.now() })
    .where('id', 'in', [ids[3] ?? '', ids[0] ?? ''])
    .execute()
  const second = await page(first.next)

  expect(first.items.map(({ name, condition }) => [name, condition])).toEqual([
    ['c', 'failing'],
    ['e', 'degraded'],
    ['d', 'silent'],
  ])
  expect(second.items.map(({ name, condition }) => [name, condition])).toEqual([
    ['a', 'healthy'],
    ['f', null],
  ])
  expect((await page('')).items.map(({ name }) => name)).toEqual(['b', 'c', 'd'])
})

test('a list is sorted by name or by who was unheard for longest, and a cursor of one order is none of another', async () => {
  const { process, viewer } = await openHouse()
  await store(process, [
    { name: 'b', seenMsAgo: 3 * HOUR },
    { name: 'a', seenMsAgo: MINUTE },
    { name: 'c', seenMsAgo: null },
    { name: 'd', seenMsAgo: 2 * HOUR },
  ])
  const walk = async (sort: string) => {
    const names: string[] = []
    for (let after = ''; ;) {
      const page = await get<{ items: Shown[]; next: string | null }>(
        process,
        viewer,
        `installations?sort=${sort}&limit=1${after && `&after=${after}`}`,
      )
      names.push(...page.items.map(({ name }) => name))
      if (page.next === null) return names
      after = page.next
    }
  }
  const { next } = await get<{ next: string }>(process, viewer, 'installations?sort=name&limit=1')

  expect(await walk('name')).toEqual(['a', 'b', 'c', 'd'])
  expect(await walk('lastSeen')).toEqual(['c', 'b', 'd', 'a'])
  const foreign = await process.http.inject({ url: `/api/v1/installations?sort=need&after=${next}`, headers: viewer })
  expect([foreign.statusCode, foreign.json().code]).toEqual([422, 'page.cursor_unknown'])
})

test('counts are of what one may see and of the same filters, active ones only', async () => {
  const { process, ours, theirs, viewer, member } = await openHouse()
  await store(process, [
    { organisationId: ours.id, version: '1.0.0' },
    { organisationId: ours.id, version: '1.0.0', health: 'unhealthy' },
    { organisationId: ours.id, version: null, health: 'unknown', seenMsAgo: null },
    { organisationId: ours.id, version: '1.0.0', state: 'retired' },
    { organisationId: theirs.id, version: '1.1.0' },
  ])
  const counts = (headers: Headers, query = '') => get<object>(process, headers, `installation-counts?${query}`)
  const none = { failing: 0, degraded: 0, silent: 0, updating: 0, never: 0, healthy: 0 }
  const at = { productId: 'till', channel: 'stable' }

  expect(await counts(member)).toEqual({
    total: 3,
    byCondition: { ...none, failing: 1, never: 1, healthy: 1 },
    byVersion: [
      { ...at, version: '1.0.0', count: 2 },
      { ...at, version: null, count: 1 },
    ],
  })
  expect(await counts(viewer)).toMatchObject({ total: 4, byCondition: { healthy: 2 } })
  expect(await counts(viewer, 'condition=failing')).toMatchObject({ total: 1, byVersion: [{ version: '1.0.0', count: 1 }] })
  expect(await counts(viewer, 'version=1.1.0')).toMatchObject({ total: 1 })
  expect(await counts(viewer, 'state=retired')).toMatchObject({ total: 1, byCondition: none })
  expect(await counts(member, `organisationId=${theirs.id}`)).toMatchObject({ total: 0, byVersion: [] })
  expect((await process.http.inject({ url: '/api/v1/installation-counts' })).statusCode).toBe(401)
})
