// The story of two processes on one database: what is decided at one is true for every answer of the other within a second; and what holds while PostgreSQL is away or overburdened.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { newId } from '#platform/ids'
import { silentLog } from '#platform/log'
import { openDatabase } from '#platform/db'
import { createFairway } from './fairway.ts'
import { aSpokenAgent } from '#testing/agents'
import { cutOff } from '#testing/cut-off'
import { configOf, openFairway, openFairwayForTest, type TestFairway } from '#testing/open-fairway'
import { anOrganisation, aStaff } from '#testing/people'
import { aProduct, aRelease, aRollout, send } from '#testing/releases'

const WITHIN_MS = 1000
const ALL_AT_ONCE = [{ percent: 100, bakeSeconds: 0 }]

let fairway: TestFairway
let second: Awaited<ReturnType<typeof anotherProcess>>
let vendor: Record<string, string>
beforeAll(async () => {
  fairway = await openFairway()
  second = await anotherProcess(fairway)
  vendor = (await aStaff(fairway, ['administrator', 'operator'])).headers
})
afterAll(async () => {
  await second.close()
  await fairway.close()
})

/** On the database, with the secret and with the files of the first. */
async function anotherProcess({ connectionString, dataDir, clock }: TestFairway) {
  const database = openDatabase(connectionString, { max: 6, onError: () => undefined })
  const process = await createFairway({ config: configOf(dataDir), database, connectionString, clock, log: silentLog })
  await process.start()
  return {
    ...process,
    async close() {
      await process.stop()
      await database.close()
    },
  }
}

type Process = Pick<TestFairway, 'http'>
type Agent = Awaited<ReturnType<typeof aSpokenAgent>>

async function askedAt({ http }: Process, { headers, runs }: Agent) {
  const { version, releaseId } = runs
  const where = { health: 'unknown', platform: 'linux', arch: 'x64', highestSequence: 0, refused: [] }
  const answer = await http.inject({
    method: 'POST',
    url: '/updates/v1/check-ins',
    headers,
    payload: { version, releaseId, ...where },
  })
  const { decision, because, code } = answer.json<{ decision?: string; because?: { code: string }; code?: string }>()
  return because?.code ?? decision ?? code
}

/** How long until this process answers so, from now on. */
async function msUntil(expected: string, process: Process, agent: Agent) {
  const began = performance.now()
  await expect.poll(() => askedAt(process, agent), { timeout: 10_000, interval: 5 }).toBe(expected)
  return performance.now() - began
}

const post = (url: string, payload: object = {}) => send<{ id: string }>(fairway, vendor, { method: 'POST', url, payload })

async function aTill() {
  const productId = newId('p').replace('_', '-')
  const { id: organisationId } = await anOrganisation(fairway)
  await aProduct(fairway, vendor, { id: productId })
  await send(fairway, vendor, { method: 'PUT', url: `/api/v1/organisations/${organisationId}/entitlements/${productId}/stable` })
  const till = await aSpokenAgent(fairway, { organisationId, productId })
  await expect.poll(() => askedAt(second, till), { timeout: 5000, interval: 5 }).toBe('nothing_released')
  return { till, productId }
}

test('a rollout that starts, is paused, goes on or is halted, and a release that is withdrawn, is so at the other process within a second', async () => {
  const { till, productId } = await aTill()
  const reason = { reason: 'We look at it first.' }
  const release = await aRelease(fairway, vendor, { productId, version: '1.0.0' })
  const took: [string, number][] = []
  const measure = async (what: string, act: () => Promise<unknown>, expected: string) => {
    await act()
    took.push([what, await msUntil(expected, second, till)])
  }

  const rollout = await aRollout(fairway, vendor, { releaseId: release.id, steps: [{ percent: 100, bakeSeconds: 3600 }] })
  took.push(['start', await msUntil('update', second, till)])
  await measure('pause', () => post(`/api/v1/rollouts/${rollout.id}/pause`, reason), 'paused')
  await measure('resume', () => post(`/api/v1/rollouts/${rollout.id}/resume`, reason), 'update')
  await measure('halt', () => post(`/api/v1/rollouts/${rollout.id}/halt`, reason), 'nothing_released')
  const next = await aRelease(fairway, vendor, { productId, version: '1.1.0' })
  await measure('start again', () => aRollout(fairway, vendor, { releaseId: next.id, steps: ALL_AT_ONCE }), 'update')
  await measure('withdraw', () => post(`/api/v1/releases/${next.id}/withdraw`, reason), 'nothing_released')

  console.log(took.map(([what, ms]) => `${what} ${ms.toFixed(0)} ms`).join(', '))
  expect(took.filter(([, ms]) => ms > WITHIN_MS)).toEqual([])
})

test('while PostgreSQL is away polls are answered from memory, which the metrics say; reports are refused, told when to come again, and not lost', async () => {
  const own = await openFairwayForTest()
  const till = await aSpokenAgent(own, {})
  const fromMemory = async () => {
    const { body } = await own.http.inject({ url: '/metrics', remoteAddress: '127.0.0.1', headers: { host: 'localhost:4600' } })
    return /^fairway_updates_from_memory (\d)$/m.exec(body)?.[1]
  }
  const report = { reportId: randomUUID(), releaseId: 're_0000000000000000', kind: 'failed', version: null }
  const tell = () =>
    own.http.inject({ method: 'POST', url: '/updates/v1/reports', headers: till.headers, payload: { reports: [report] } })
  const before = await fromMemory()
  const usual = await askedAt(own, till)
  const giveBack = await cutOff(own)

  await expect.poll(fromMemory, { timeout: 20_000, interval: 100 }).toBe('1')
  const answer = await askedAt(own, till)
  const refused = await tell()
  await giveBack()
  // Connections that were cut may still be handed out once; asking again is what agents do.
  await expect.poll(async () => (await tell()).statusCode, { timeout: 20_000 }).toBe(200)

  expect([before, answer]).toEqual(['0', usual])
  expect([refused.statusCode, refused.json().code]).toEqual([503, 'fleet.not_durable'])
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  const { rows } = await sql`select 1 from fleet.report where report_id = ${report.reportId}`.execute(own.db)
  expect(rows).toHaveLength(1)
  await expect.poll(fromMemory, { timeout: 20_000, interval: 100 }).toBe('0')
})

/** Nobody can write a report until the returned function is called. */
function holdReports({ db }: TestFairway) {
  return new Promise<() => void>((resolve) => {
    void db.transaction().execute(async (tx) => {
      await sql`lock table fleet.report in access exclusive mode`.execute(tx)
      await new Promise<void>((release) => resolve(release))
    })
  })
}

test('when more waits to be written than memory should hold, reports are refused with a time to come again, and all that were taken are stored', async () => {
  const own = await openFairwayForTest()
  const till = await aSpokenAgent(own, {})
  const { id } = till.installation
  const aReport = () => ({ reportId: randomUUID(), releaseId: 're_1', kind: 'downloaded' as const, version: null, reason: null })
  const url = '/updates/v1/reports'
  const letGo = await holdReports(own)
  onTestFinished(letGo)

  // One batch is being written; ten thousand may wait behind it.
  const first = own.fleet.saveReports(id, [aReport()])
  await new Promise(setImmediate)
  const taken = Array.from({ length: 10_000 }, () => own.fleet.saveReports(id, [aReport()]))
  const late = aReport()
  const tell = () =>
    own.http.inject({ method: 'POST', url, headers: till.headers, payload: { reports: [{ ...late, reason: 'late' }] } })
  const refused = await tell()
  letGo()
  const outcomes = await Promise.allSettled([first, ...taken])
  const again = await tell()

  expect([refused.statusCode, refused.json().code]).toEqual([503, 'fleet.overloaded'])
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
  expect(again.statusCode).toBe(200)
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from fleet.report`.execute(own.db)
  expect(rows[0]?.count).toBe(10_002)
})
