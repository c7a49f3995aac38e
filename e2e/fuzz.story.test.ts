// Every operation of the API, asked by everybody with things that mostly fit and sometimes do not: a clear answer, never a 5xx (research: T10, T19).
// FAIRWAY_FUZZ_SEED and FAIRWAY_FUZZ_RUNS look further than the run that everybody repeats.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aCustomer, type ACustomer } from '../server/src/testing/a-customer.ts'
import { type Answer, judgeOf } from '../server/src/testing/conforms.ts'
import { type ApiDocument, type FuzzRequest, learn, type Operation, operationsOf } from '../server/src/testing/fuzz-routes.ts'
import { openFairway, type TestFairway } from '../server/src/testing/open-fairway.ts'
import { aMember, aStaff } from '../server/src/testing/people.ts'
import { anUpload } from '../server/src/testing/releases.ts'

const SEED = Number(process.env.FAIRWAY_FUZZ_SEED ?? 4600)
/** Of each operation, by each of the five who ask. */
const RUNS = Number(process.env.FAIRWAY_FUZZ_RUNS ?? 12)
const LISTS = [
  '/api/v1/installations',
  '/api/v1/releases',
  '/api/v1/rollouts',
  '/api/v1/inquiries',
  '/api/v1/staff',
  '/api/v1/organisations',
  '/api/v1/products',
]

let fairway: TestFairway
let customer: ACustomer
let document: ApiDocument
beforeAll(async () => {
  fairway = await openFairway()
  customer = await aCustomer(fairway, 'acme')
  document = (await fairway.http.inject('/api/openapi.json')).json()
})
afterAll(() => fairway.close())

type Headers = Record<string, string>

/** New for each operation, since some of what is asked for takes rights away. */
async function askers(): Promise<Record<string, Headers>> {
  const { id } = customer.organisation
  return {
    administrator: (await aStaff(fairway, ['administrator'])).headers,
    developer: (await aStaff(fairway, ['developer'])).headers,
    manager: (await aMember(fairway, id, 'manager').catch(() => customer.manager)).headers,
    member: (await aMember(fairway, id).catch(() => customer.member)).headers,
    nobody: {},
  }
}

async function knownAtFirst(known: Map<string, string[]>, learnFrom: (path: string, answer: unknown) => void) {
  const { headers } = await aStaff(fairway, ['administrator'])
  for (const url of LISTS) learnFrom(url, (await fairway.http.inject({ url, headers })).json())
  known.get('uploadId')?.push(await anUpload(fairway, headers, Buffer.from('bytes')))
  learnFrom('/api/v1/inquiries/{inquiryId}/attachments', { items: [customer.attachment] })
  const events = await fairway.db.selectFrom('platform.event').select('event_id').limit(5).execute()
  known.get('eventId')?.push(...events.map((event) => event.event_id))
}

test('every operation answers everybody as the document says', { timeout: 180_000 }, async () => {
  const known = new Map<string, string[]>([
    ['channel', ['stable', 'beta']],
    ['version', ['1.0.0', '1.0.1', '2.0.0-rc.1']],
    ['after', []],
    ['uploadId', []],
    ['eventId', []],
    ['reaction', ['delivery.weigh-outcome']],
  ])
  const learnFrom = learn(document, known)
  await knownAtFirst(known, learnFrom)
  const judge = judgeOf(document)
  const found = new Map<string, string>()
  const succeeded = new Set<string>()
  let count = 0

  const operations = operationsOf(document, known)
  for (const [at, operation] of operations.entries()) {
    for (const [whose, [who, headers]] of Object.entries(await askers()).entries()) {
      for (const request of sample(operation, at * 10 + whose)) {
        const answer = await ask(request, headers)
        count++
        if (answer.statusCode < 300) succeeded.add(operation.name)
        if (answer.statusCode < 300 && operation.path.startsWith('/api')) learnFrom(operation.path, readJson(answer))
        const wrong = judge(operation, answer)
        if (wrong) found.set(`${operation.name}: ${wrong.slice(0, 300)}`, `${who}: ${JSON.stringify(request).slice(0, 500)}`)
      }
    }
  }

  expect([...found].slice(0, 20), `seed ${SEED}`).toEqual([])
  expect(count).toBeGreaterThanOrEqual(3000)
  // Otherwise it would knock at closed doors only.
  const never = operations.map((operation) => operation.name).filter((name) => !succeeded.has(name))
  expect(succeeded.size / operations.length, `never succeeded: ${never.join(', ')}`).toBeGreaterThan(0.75)
})

function sample(operation: Operation, seed: number): FuzzRequest[] {
  return fc.sample(operation.requests, { numRuns: RUNS, seed: SEED + seed })
}

async function ask(request: FuzzRequest, headers: Headers): Promise<Answer> {
  return fairway.http.inject({ ...request, headers: { ...request.headers, ...headers } })
}

function readJson({ body }: Answer): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
