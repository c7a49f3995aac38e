// The story of installations as people see them: through HTTP, by role and organisation.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { MemberRole } from '#identity'
import { newId } from '#platform/ids'
import { anInstallation, aRun } from '#testing/installations'
import { aMember, anOrganisation, aStaff, signIn, TEST_PASSWORD } from '#testing/people'
import { eventsOf, openFleet, type TestFleet } from '../testing/open-fleet.ts'

type Headers = Record<string, string>

/** Two customers with an installation each, and everybody who may look at them. */
async function openHouse() {
  const process = await openFleet()
  const [ours, theirs] = [await anOrganisation(process), await anOrganisation(process)]
  const till = await anInstallation(process, { organisationId: ours.id, name: 'till-3' })
  const foreign = await anInstallation(process, {
    organisationId: theirs.id,
    name: 'kiosk-1',
    productId: 'kiosk',
    channel: 'beta',
  })
  const people = {
    operator: (await aStaff(process, ['operator'])).headers,
    viewer: (await aStaff(process, ['viewer'])).headers,
    manager: await inBrowser(process, ours.id, 'manager'),
    member: await inBrowser(process, ours.id, 'member'),
    stranger: await inBrowser(process, theirs.id, 'manager'),
  }
  return { process, ours, theirs, till, foreign, people }
}

/** Signed in: tokens of members may not change installations. */
async function inBrowser(process: TestFleet, organisationId: string, role: MemberRole): Promise<Headers> {
  const { person } = await aMember(process, organisationId, { role, password: TEST_PASSWORD })
  return signIn(process, person)
}

function ask(
  { http }: TestFleet,
  headers: Headers,
  request: { method?: 'GET' | 'PATCH' | 'POST'; path?: string; payload?: object } = {},
) {
  const { method = 'GET', path = '', payload } = request
  return http.inject({ method, url: `/api/v1/installations${path}`, headers, ...(payload && { payload }) })
}

const namesOf = (answer: { json(): { items: { name: string }[] } }) => answer.json().items.map(({ name }) => name)

test('staff see all, customers their own, and nobody else anything', async () => {
  const { process, people, theirs } = await openHouse()

  expect(namesOf(await ask(process, people.viewer))).toEqual(['kiosk-1', 'till-3'])
  expect(namesOf(await ask(process, people.member))).toEqual(['till-3'])
  expect(namesOf(await ask(process, people.member, { path: `?organisationId=${theirs.id}` }))).toEqual([])
  expect((await ask(process, {})).statusCode).toBe(401)
})

test('customers see that an installation was copied, staff also when, its key and what it refuses', async () => {
  const { process, people, till, ours } = await openHouse()
  const { id } = till.installation
  await process.fleet.saveReports(id, [
    { reportId: randomUUID(), releaseId: 're_9', kind: 'rolled_back', version: '1.0.0', reason: null },
  ])

  const shownToCustomer = (await ask(process, people.member, { path: `/${id}` })).json()
  const shownToStaff = (await ask(process, people.viewer, { path: `/${id}` })).json()

  const forStaff = ['organisation', 'copiedAt', 'refusedReleaseIds', 'keyFingerprint']
  expect(Object.keys(shownToStaff).filter((key) => !(key in shownToCustomer))).toEqual(forStaff)
  expect(shownToCustomer).toMatchObject({
    id,
    name: 'till-3',
    copied: false,
    state: 'active',
    health: 'unknown',
    lastSeenAt: null,
  })
  expect(shownToStaff).toMatchObject({
    organisation: { id: ours.id, name: ours.name },
    refusedReleaseIds: ['re_9'],
    keyFingerprint: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
  })
  const listed = [await ask(process, people.member), await ask(process, people.viewer)]
  expect(listed.map((answer) => forStaff.filter((key) => key in (answer.json().items[0] as object)))).toEqual([[], forStaff])
  for (const secret of [till.instance, till.key.publicKey, till.token]) {
    for (const answer of listed) expect(answer.body).not.toContain(secret)
  }
})

test('a list is filtered, and paged by name', async () => {
  const { process, people, ours } = await openHouse()
  for (const name of ['b_1', 'b%2', 'B3', 'ä']) await anInstallation(process, { organisationId: ours.id, name })
  const filtered = async (path: string) => namesOf(await ask(process, people.operator, { path }))

  expect(await filtered('?productId=kiosk')).toEqual(['kiosk-1'])
  expect(await filtered('?channel=beta')).toEqual(['kiosk-1'])
  expect(await filtered('?health=healthy')).toEqual([])
  expect(await filtered('?state=active&q=TILL')).toEqual(['till-3'])
  expect(await filtered('?q=%25')).toEqual(['b%2'])
  expect(await filtered('?q=b_')).toEqual(['b_1'])
  const seen: string[] = []
  for (let path = '?limit=2'; path !== '';) {
    const page = (await ask(process, people.operator, { path })).json()
    seen.push(...page.items.map(({ name }: { name: string }) => name))
    path = page.next === null ? '' : `?limit=2&after=${page.next}`
  }
  expect(seen).toEqual(['B3', 'b%2', 'b_1', 'kiosk-1', 'till-3', 'ä'])
})

test('a cursor of another organisation is no cursor', async () => {
  const { process, people, foreign } = await openHouse()

  const ids = [foreign.installation.id, newId('in')]
  const answers = [...ids, ...ids.flatMap((id) => [`need.5.${id}`, `name.0.${id}`]), 'x', '%27'].map((after) =>
    ask(process, people.member, { path: `?after=${after}` }),
  )

  for (const answer of await Promise.all(answers)) {
    expect(answer.statusCode).toBe(422)
    expect(answer.json()).toMatchObject({ code: 'page.cursor_unknown' })
  }
})

test('what is foreign does not exist, at every door', async () => {
  const { process, people, till } = await openHouse()
  const doors = [
    { path: '' },
    { path: '/reports' },
    { method: 'PATCH', path: '', payload: { name: 'mine now' } },
    { method: 'PATCH', path: '', payload: {} },
    { method: 'POST', path: '/retire' },
    { method: 'POST', path: '/revoke' },
    { method: 'POST', path: '/clear-copied' },
  ] as const

  for (const { path, ...door } of doors) {
    const [foreign, unknown] = await Promise.all([
      ask(process, people.stranger, { ...door, path: `/${till.installation.id}${path}` }),
      ask(process, people.stranger, { ...door, path: `/${newId('in')}${path}` }),
    ])
    expect([foreign.statusCode, unknown.statusCode]).toEqual([404, 404])
    expect([foreign.json().code, unknown.json().code]).toEqual(['installation.unknown', 'installation.unknown'])
  }
  expect(await eventsOf(process, till.installation.id)).toHaveLength(1)
})

test.each<[string, object, Record<string, number>]>([
  ['', { method: 'PATCH', payload: { name: 'till-4' } }, { operator: 200, manager: 200, member: 403, viewer: 403 }],
  ['/retire', { method: 'POST' }, { operator: 200, manager: 200, member: 403, viewer: 403 }],
  ['/revoke', { method: 'POST' }, { operator: 200, manager: 403, member: 403, viewer: 403 }],
  ['/clear-copied', { method: 'POST' }, { operator: 200, manager: 403, member: 403, viewer: 403 }],
])('who may %s %o: %o', async (path, request, statuses) => {
  const { process, people, ours } = await openHouse()

  for (const [who, status] of Object.entries(statuses)) {
    const { installation } = await anInstallation(process, { organisationId: ours.id })
    const answer = await ask(process, people[who as keyof typeof people], { ...request, path: `/${installation.id}${path}` })
    // Nobody holds a token with a scope that their role does not have: the door or the policy may refuse.
    expect([who, answer.statusCode]).toEqual([who, status])
  }
})

test('a name is changed once, and said so; an empty change changes nothing', async () => {
  const { process, people, till } = await openHouse()
  const path = `/${till.installation.id}`

  for (const payload of [{ name: 'till-4' }, { name: 'till-4' }, {}]) {
    expect((await ask(process, people.manager, { method: 'PATCH', path, payload })).json()).toMatchObject({ name: 'till-4' })
  }

  const events = await eventsOf(process, till.installation.id)
  expect(events.slice(1)).toMatchObject([
    { event: 'fleet.installation_renamed', name: 'till-4', actor: expect.not.stringMatching(/^in_/) },
  ])
  expect((await process.fleet.installationsByIds([till.installation.id]))[0]?.name).toBe('till-4')
})

test('a name that is none is refused, and nothing changes', async () => {
  const { process, people, till } = await openHouse()
  const wrong = [
    { name: '' },
    { name: 'x'.repeat(121) },
    { name: 'a\u0000b' },
    { name: '\ud800' },
    { name: null },
    { name: 7 },
    { nmae: 'till' },
    [],
  ]

  for (const payload of wrong) {
    const answer = await ask(process, people.manager, { method: 'PATCH', path: `/${till.installation.id}`, payload })
    expect([payload, answer.statusCode]).toEqual([payload, 422])
  }

  expect(await eventsOf(process, till.installation.id)).toHaveLength(1)
})

test('a retired installation no longer counts and may not check in; revoked is more than retired', async () => {
  const { process, people, ours, till } = await openHouse()
  const path = `/${till.installation.id}`

  const retired = await ask(process, people.manager, { method: 'POST', path: `${path}/retire` })
  const again = await ask(process, people.manager, { method: 'POST', path: `${path}/retire` })

  expect([retired.json().state, again.json().state]).toEqual(['retired', 'retired'])
  expect(await process.fleet.listOfOrganisation(ours.id)).toEqual([])
  expect(await process.fleet.listInstallations({ productId: 'till', channel: 'stable' })).toEqual([])
  expect(await process.fleet.installationsByIds([till.installation.id])).toMatchObject([{ state: 'retired' }])
  expect(() => process.fleet.identify(till.token)).toThrow(expect.objectContaining({ code: 'agent.revoked' }))
  await expect(aRun(process, { installationId: till.installation.id, key: till.key })).rejects.toMatchObject({
    code: 'agent.revoked',
  })

  await ask(process, people.operator, { method: 'POST', path: `${path}/revoke` })
  const late = await ask(process, people.manager, { method: 'POST', path: `${path}/retire` })
  expect([late.statusCode, late.json().code]).toEqual([409, 'installation.revoked'])
  expect((await eventsOf(process, till.installation.id)).map(({ event }) => event)).toEqual([
    'fleet.installation_enrolled',
    'fleet.installation_retired',
    'fleet.installation_revoked',
  ])
})

test('a copy that somebody saw to is cleared, and found again where two machines still live', async () => {
  const { process, people, till } = await openHouse()
  const identity = { installationId: till.installation.id, key: till.key }
  const path = `/${till.installation.id}`
  const isCopied = async () => (await ask(process, people.member, { path })).json().copied as boolean
  await aRun(process, { ...identity, instance: 'the-copied-machine' })
  await aRun(process, { ...identity, instance: till.instance })
  expect(await isCopied()).toBe(true)

  const cleared = await ask(process, people.operator, { method: 'POST', path: `${path}/clear-copied` })
  expect(cleared.json()).toMatchObject({ copied: false, copiedAt: null })
  expect(await isCopied()).toBe(false)
  await aRun(process, { ...identity, instance: 'the-copied-machine' })

  expect(await isCopied()).toBe(true)
})

test('its history is shown newest first, and paged', async () => {
  const { process, people, till } = await openHouse()
  const { id } = till.installation
  process.fleet.noteOffer(id, 're_2')
  for (let place = 0; place < 25; place++) {
    await process.fleet.saveReports(id, [
      { reportId: `report-${place}`, releaseId: 're_2', kind: 'failed', version: '1.0.0', reason: `try ${place}` },
    ])
  }

  const details = (await ask(process, people.member, { path: `/${id}` })).json()
  const first = (await ask(process, people.member, { path: `/${id}/reports?limit=20` })).json()
  const rest = (await ask(process, people.member, { path: `/${id}/reports?limit=20&after=${first.next}` })).json()

  expect(details.reports).toHaveLength(20)
  expect(details.outcomes).toMatchObject([{ releaseId: 're_2', kind: 'failed', reason: 'try 24' }])
  expect([...first.items, ...rest.items].map(({ reason }) => reason)).toEqual(
    Array.from({ length: 25 }, (_, place) => `try ${24 - place}`),
  )
  expect(rest.next).toBeNull()
  for (const after of ['x', '-1', '9'.repeat(30)]) {
    expect((await ask(process, people.member, { path: `/${id}/reports?after=${after}` })).statusCode).toBe(422)
  }
})
