// Proves that the mock keeps to the OpenAPI document, and refuses as the server does.
import { describe, expect, test } from 'vitest'
import type { Operation } from './contract.ts'
import { releaseId } from './data/products.ts'
import { type Route, routes } from './document.ts'
import { handlers } from './handlers/index.ts'
import { NOT_MOCKED } from './not-mocked.ts'
import { expectFits, validatorOf } from './testing/fits-document.ts'
import { openMock } from './testing/open-mock.ts'

const mock = openMock()
const { ask, get } = mock

const SAMPLES: Record<string, string> = {
  organisationId: 'org_brennmoor',
  installationId: 'in_8fk2m4',
  productId: 'quayline',
  releaseId: releaseId('quayline', '1.4.2'),
  rolloutId: 'ro_57',
  inquiryId: 'INQ-2041',
  attachmentId: 'at_queue',
  knownErrorId: 'KE-118',
}
const QUERIES: { [O in Operation]?: string } = {
  'get /api/v1/outlooks': '?installationIds=in_8fk2m4,in_4xw9pa,in_ts77vb,in_gs41qd',
  'get /api/v1/timeline/hours': `?from=${new Date(Date.now() - 86_400_000).toISOString()}&to=${new Date().toISOString()}`,
}

function pathOf({ operation, parts }: Route) {
  const filled = parts.map((part) => (part.startsWith('{') ? SAMPLES[part.slice(1, -1)] : part))
  return `${filled.join('/')}${QUERIES[operation] ?? ''}`
}

const reads = routes.filter(({ method }) => method === 'get')

test('every operation is answered, or said not to be', () => {
  const answered = Object.keys(handlers)
  const unmocked: readonly Operation[] = NOT_MOCKED
  const promised = [...answered, ...NOT_MOCKED].toSorted()

  expect(promised).toEqual(routes.map(({ operation }) => operation).toSorted())
  expect(unmocked.filter((operation) => operation.startsWith('get '))).toEqual([])
})

describe.each(['full', 'empty', 'many'] as const)('in the scenario %s', (scenario) => {
  const isList = ({ parts }: Route) => !parts.some((part) => part.startsWith('{'))
  const asked = scenario === 'empty' ? reads.filter(isList) : reads

  test.each(asked.map((route) => [route.operation, route] as const))('staff get what the document says: %s', async (_, route) => {
    const path = pathOf(route)
    const response = await ask(path, { scenario })

    expect(response.status, path).toBe(200)
    if (route.answer) expectFits(route, await response.json(), path)
  })

  test('customers get what the document says, or a refusal', async () => {
    for (const route of asked) {
      const response = await ask(pathOf(route), { scenario, as: 'manager' })

      expect([200, 403], route.operation).toContain(response.status)
      if (route.answer && response.status === 200) expectFits(route, await response.json(), route.operation)
    }
  })
})

test.each([
  ['/api/v1/rollouts', '{rolloutId}'],
  ['/api/v1/inquiries', '{inquiryId}'],
  ['/api/v1/known-errors', '{knownErrorId}'],
  ['/api/v1/releases', '{releaseId}'],
])('all details behind %s are as the document says', async (path, name) => {
  const details = routes.find(({ operation }) => operation === `get ${path}/${name}`)
  const { items } = await get<{ items: { id: string }[] }>(`${path}?limit=100`)

  expect(items.length).toBeGreaterThan(3)
  for (const { id } of items) expectFits(details!, await get(`${path}/${id}`), id)
})

describe('whoever asks', () => {
  test('is a stranger without a cookie', async () => {
    const response = await fetch(`${mock.address}/api/v1/me`)

    expect(response.status).toBe(401)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
  })

  test('signs in as one of the personas, and is led on to where they were', async () => {
    const response = await fetch(`${mock.address}/sign-in?as=manager&next=/inquiries`, { redirect: 'manual' })
    const cookie = response.headers.getSetCookie().join('; ')

    expect(response.headers.get('location')).toBe('/inquiries')
    expect(await (await fetch(`${mock.address}/api/v1/me`, { headers: { cookie } })).json()).toMatchObject({ kind: 'member' })
  })

  test('is led nowhere else', async () => {
    const response = await fetch(`${mock.address}/sign-in?as=manager&next=//elsewhere.example`, { redirect: 'manual' })

    expect(response.headers.get('location')).toBe('/')
  })

  test('may do only what the role may', async () => {
    const halt = { method: 'POST', body: { reason: 'It fails.' } }

    expect((await ask('/api/v1/rollouts/ro_57/halt', { ...halt, as: 'support' })).status).toBe(403)
    expect((await ask('/api/v1/inquiries/INQ-2051', { as: 'manager' })).status).toBe(404)
  })
})

describe('a refusal', () => {
  const fits = validatorOf({ $ref: '#/components/schemas/Problem' })

  test('of what is not there is a problem document', async () => {
    const problem = await (await ask('/api/v1/installations/in_nowhere')).json()

    expect(fits(problem)).toBe(true)
    expect(problem).toMatchObject({ status: 404, code: 'installation.unknown' })
  })

  test('of a request that is wrong names the field', async () => {
    const response = await ask('/api/v1/organisations', { method: 'POST', body: { language: 'en', colour: 'blue' } })
    const problem = (await response.json()) as { errors: { pointer: string }[] }

    expect(fits(problem)).toBe(true)
    expect(response.status).toBe(422)
    expect(problem.errors.map(({ pointer }) => pointer)).toEqual(['/name', '/colour'])
  })

  test('of what is not mocked says so', async () => {
    expect((await ask('/api/auth/sign-up/email', { method: 'POST' })).status).toBe(501)
  })

  test('comes to everything but who one is, where everything fails', async () => {
    const statuses = await Promise.all(
      ['/api/v1/me', '/api/v1/vendor', '/api/v1/rollouts', '/api/v1/installations'].map(
        async (path) => (await ask(path, { scenario: 'failing' })).status,
      ),
    )

    expect(statuses.slice(0, 2)).toEqual([200, 200])
    expect(statuses.slice(2).every((status) => status === 500 || status === 503)).toBe(true)
  })
})

test('ten thousand installations come page by page, each once and by need', async () => {
  interface Page {
    items: { id: string; condition: string }[]
    next: string | null
  }
  const seen: Page['items'] = []
  for (let after = ''; ;) {
    const page = await get<Page>(`/api/v1/installations?limit=100${after}`, { scenario: 'many' })
    seen.push(...page.items)
    if (page.next === null) break
    after = `&after=${page.next}`
  }

  expect(new Set(seen.map(({ id }) => id)).size).toBe(10_000)
  expect(seen[0]?.condition).toBe('failing')
  expect(seen.at(-1)?.condition).toBe('healthy')
})
