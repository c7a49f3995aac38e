// Identity in its place: at the doors of every module, on the whole of Fairway.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFairway, type TestFairway } from '#testing/open-fairway'
import { aMember, anOrganisation, aStaff, signIn, TEST_PASSWORD } from '#testing/people'

let fairway: TestFairway
beforeAll(async () => {
  fairway = await openFairway()
})
afterAll(() => fairway.close())

interface Document {
  paths: Record<string, Record<string, { operationId?: string }>>
}

async function everyDoor() {
  const { paths } = (await fairway.http.inject({ url: '/api/openapi.json' })).json<Document>()
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase() as 'GET',
      url: path.replaceAll(/\{\w+\}/g, 'xx_0000000000000000'),
    })),
  )
}

/** What the head of the sign-in page shows. */
const OPEN = ['GET /api/v1/vendor']

test('no door below /api/v1 opens for nobody, nor for a token that is not one of ours', async () => {
  const doors = (await everyDoor()).filter(({ method, url }) => !OPEN.includes(`${method} ${url}`))
  const wrong = { authorization: 'Bearer fw_0000000000000000_0000000000000000000000000000000000000000000' }

  const answers = await Promise.all(
    doors.map(async (door) => [await fairway.http.inject(door), await fairway.http.inject({ ...door, headers: wrong })]),
  )

  expect(doors.length).toBeGreaterThan(40)
  expect(answers.flat().map((answer) => answer.statusCode)).toEqual(answers.flat().map(() => 401))
  expect(new Set(answers.map(([nobody]) => nobody?.json().code))).toEqual(new Set(['session.missing']))
  expect(new Set(answers.map(([, stranger]) => stranger?.json().code))).toEqual(new Set(['token.unknown']))
})

test('who asks learns what they may do, by the policies of every module', async () => {
  const permissionsOf = async ({ headers }: { headers: Record<string, string> }) =>
    (await fairway.http.inject({ url: '/api/v1/me', headers })).json<{ permissions: string[] }>().permissions

  const organisation = await anOrganisation(fairway)
  expect(await permissionsOf(await aStaff(fairway, ['viewer']))).toEqual(['log:read'])
  expect(await permissionsOf(await aStaff(fairway, ['operator']))).toContain('rollouts:steer')
  expect(await permissionsOf(await aMember(fairway, organisation.id))).toEqual(['inquiries:answer'])
  expect(await permissionsOf(await aMember(fairway, organisation.id, 'manager'))).toContain('members:manage')
})

test('no door that changes something opens for a token that may only read', async () => {
  const { person } = await aStaff(fairway, ['administrator'])
  const { token } = await fairway.identity.issueToken(person, { name: 'reads', scopes: ['read'] })
  const doors = (await everyDoor()).filter(({ method }) => method !== 'GET')

  const answers = await Promise.all(
    doors.map((door) => fairway.http.inject({ ...door, headers: { authorization: `Bearer ${token}` } })),
  )

  expect(doors.filter((_door, at) => answers[at]?.json().code !== 'token.scope_missing')).toEqual([])
})

test('metrics are read from afar by a token of that scope, and by nothing else', async () => {
  const read = (headers: Record<string, string>) => fairway.http.inject({ url: '/metrics', headers, remoteAddress: '192.0.2.1' })
  const { person } = await aStaff(fairway, ['administrator'], TEST_PASSWORD)
  const { token } = await fairway.identity.issueToken(person, { name: 'prometheus', scopes: ['metrics:read'] })
  const { headers: member } = await aMember(fairway, (await anOrganisation(fairway)).id)

  const answers = [
    await read({ authorization: `Bearer ${token}` }),
    await read({}),
    await read(await signIn(fairway, person)),
    await read(member),
    await read({ authorization: 'Bearer fw_x' }),
  ]

  expect(answers.map((answer) => answer.statusCode)).toEqual([200, 403, 403, 403, 401])
})
