// The story of what installations tell: check-ins, offers and reports, stored once or refused.
import { expect, test, vi } from 'vitest'
import { randomUUID } from 'node:crypto'
import type { CheckIn, Report, ReportKind } from '../installation.ts'
import { cutOff } from '#testing/cut-off'
import { type AnInstallation, anInstallation } from '#testing/installations'
import { eventsOf, openFleet, type TestFleet } from '../testing/open-fleet.ts'

const CHECK_IN: CheckIn = { version: '1.0.0', releaseId: 're_1', health: 'healthy', platform: 'linux', arch: 'x64', refused: [] }

function checkIn({ fleet }: TestFleet, { installation, instance }: AnInstallation, difference: Partial<CheckIn> = {}) {
  fleet.noteCheckIn(installation.id, instance, { ...CHECK_IN, ...difference })
}

/** An empty report waits in the same line, so what came before it is written. */
async function written(process: TestFleet, till: AnInstallation) {
  await process.fleet.saveReports(till.installation.id, [aReport('downloaded', { releaseId: 're_marker' })])
}

async function stored({ fleet }: TestFleet, { installation }: AnInstallation) {
  const [found] = await fleet.installationsByIds([installation.id])
  return found
}

function aReport(kind: ReportKind, difference: Partial<Report> = {}): Report {
  return { reportId: randomUUID(), releaseId: 're_2', kind, version: '1.0.0', reason: null, ...difference }
}

async function reported(process: TestFleet, { installation }: AnInstallation, event = 'fleet.installation_reported') {
  return (await eventsOf(process, installation.id)).filter((one) => one.event === event)
}

test('a check-in that tells something new is stored and announced, one that does not is neither', async () => {
  const process = await openFleet()
  const till = await anInstallation(process)

  for (let repetition = 0; repetition < 5; repetition++) checkIn(process, till)
  await written(process, till)
  for (let repetition = 0; repetition < 5; repetition++) checkIn(process, till)
  checkIn(process, till, { version: '1.1.0', releaseId: 're_2', health: 'unhealthy' })
  await written(process, till)

  const where = {
    actor: till.installation.id,
    installationId: till.installation.id,
    organisationId: till.installation.organisationId,
    productId: 'till',
    channel: 'stable',
  }
  expect(await reported(process, till)).toEqual([
    {
      event: 'fleet.installation_reported',
      ...where,
      version: '1.0.0',
      releaseId: 're_1',
      health: 'healthy',
      previous: { version: null, health: 'unknown' },
    },
    {
      event: 'fleet.installation_reported',
      ...where,
      version: '1.1.0',
      releaseId: 're_2',
      health: 'unhealthy',
      previous: { version: '1.0.0', health: 'healthy' },
    },
  ])
  expect(await stored(process, till)).toMatchObject({
    version: '1.1.0',
    releaseId: 're_2',
    health: 'unhealthy',
    healthySince: null,
  })
  expect(process.fleet.identify(till.token).installation).toMatchObject({ version: '1.1.0', health: 'unhealthy' })
})

test('something that was told and taken back before it was written is written both times', async () => {
  const process = await openFleet()
  const till = await anInstallation(process)
  checkIn(process, till)
  await written(process, till)

  checkIn(process, till, { health: 'unhealthy' })
  checkIn(process, till)
  await written(process, till)

  expect((await reported(process, till)).map((event) => 'health' in event && event.health)).toEqual([
    'healthy',
    'unhealthy',
    'healthy',
  ])
  expect(await stored(process, till)).toMatchObject({ health: 'healthy' })
})

test('health counts from when it began on the version that runs', async () => {
  const process = await openFleet()
  const till = await anInstallation(process)
  checkIn(process, till)
  await written(process, till)
  const first = (await stored(process, till))?.healthySince

  process.clock.advance(60_000)
  checkIn(process, till, { platform: 'darwin' })
  await written(process, till)
  expect((await stored(process, till))?.healthySince).toEqual(first)
  process.clock.advance(60_000)
  checkIn(process, till, { platform: 'darwin', version: '1.1.0' })
  await written(process, till)

  const second = (await stored(process, till))?.healthySince
  expect((second?.getTime() ?? 0) - (first?.getTime() ?? 0)).toBeGreaterThanOrEqual(120_000)
})

test('two processes that hear the same news announce it once', async () => {
  const process = await openFleet()
  const second = await openFleet(process)
  const till = await anInstallation(process)
  await expect.poll(() => canIdentify(second, till)).toBe(true)

  checkIn(process, till)
  checkIn(second, till)
  await Promise.all([written(process, till), written(second, till)])

  expect(await reported(process, till)).toHaveLength(1)
})

function canIdentify({ fleet }: TestFleet, { token }: AnInstallation) {
  try {
    return fleet.identify(token) !== undefined
  } catch {
    return false
  }
}

test('when it was heard last is known within seconds', async () => {
  const process = await openFleet()
  const till = await anInstallation(process)

  checkIn(process, till)

  await vi.waitFor(async () => expect((await stored(process, till))?.lastSeenAt).toBeInstanceOf(Date), {
    timeout: 9000,
    interval: 100,
  })
})

test('a report is stored once, however often it comes, also at once and through two processes', async () => {
  const process = await openFleet()
  const second = await openFleet(process)
  const till = await anInstallation(process)
  const reports = [
    aReport('downloaded'),
    aReport('installed'),
    aReport('failed', { reason: 'The health check failed 5 times: 503' }),
  ]

  await Promise.all(
    Array.from({ length: 20 }, (_, place) => (place % 2 ? process : second).fleet.saveReports(till.installation.id, reports)),
  )
  await process.fleet.saveReports(till.installation.id, [...reports, ...reports])

  const rows = await process.db.selectFrom('fleet.report').selectAll().orderBy('position').execute()
  expect(rows.map(({ report_id }) => report_id)).toEqual(reports.map(({ reportId }) => reportId))
  expect(await process.fleet.listOutcomes('re_2')).toMatchObject([
    { installationId: till.installation.id, kind: 'failed', reason: 'The health check failed 5 times: 503' },
  ])
  expect(await reported(process, till, 'fleet.outcome_changed')).toHaveLength(1)
})

test('the same report id of two installations is two reports', async () => {
  const process = await openFleet()
  const [one, two] = [await anInstallation(process), await anInstallation(process)]
  const report = aReport('healthy')

  await Promise.all([one, two].map(({ installation }) => process.fleet.saveReports(installation.id, [report])))

  expect(await process.fleet.listOutcomes('re_2')).toHaveLength(2)
})

test('how a release ended is announced, what happens on the way is not', async () => {
  const process = await openFleet()
  const till = await anInstallation(process)

  await process.fleet.saveReports(till.installation.id, [aReport('downloaded'), aReport('installed'), aReport('healthy')])

  expect(await reported(process, till, 'fleet.outcome_changed')).toMatchObject([
    {
      installationId: till.installation.id,
      organisationId: till.installation.organisationId,
      productId: 'till',
      channel: 'stable',
      releaseId: 're_2',
      kind: 'healthy',
      reason: null,
    },
  ])
})

test('what rolled back is refused here from then on, on every process', async () => {
  const process = await openFleet()
  const second = await openFleet(process)
  const till = await anInstallation(process)

  await process.fleet.saveReports(till.installation.id, [aReport('failed'), aReport('rolled_back')])
  checkIn(process, till, { refused: ['re_9'] })
  await written(process, till)
  checkIn(process, till)
  await written(process, till)

  expect(process.fleet.identify(till.token).installation.refusedReleaseIds).toEqual(['re_2', 're_9'])
  await expect
    .poll(() => canIdentify(second, till) && second.fleet.identify(till.token).installation.refusedReleaseIds)
    .toEqual(['re_2', 're_9'])
})

test('the first offer is noted, later ones change nothing', async () => {
  const process = await openFleet()
  const till = await anInstallation(process)
  process.fleet.noteOffer(till.installation.id, 're_2')
  await written(process, till)
  const [first] = await process.fleet.listOutcomes('re_2')

  process.clock.advance(60_000)
  process.fleet.noteOffer(till.installation.id, 're_3')
  process.fleet.noteOffer(till.installation.id, 're_2')
  await process.fleet.saveReports(till.installation.id, [aReport('downloaded')])

  expect(first).toMatchObject({ installationId: till.installation.id, releaseId: 're_2', kind: 'offered', reason: null })
  expect(await process.fleet.listOutcomes('re_2')).toMatchObject([{ kind: 'downloaded', offeredAt: first?.offeredAt }])
  expect(await process.fleet.listOutcomes('re_3')).toMatchObject([{ kind: 'offered' }])
})

test('while the database is away reports are refused, and nothing is lost when they come again', async () => {
  const process = await openFleet()
  const till = await anInstallation(process)
  const reports = Array.from({ length: 30 }, () => aReport('failed'))
  const giveBack = await cutOff(process)

  const refused = await Promise.allSettled(reports.map((report) => process.fleet.saveReports(till.installation.id, [report])))
  checkIn(process, till)
  process.fleet.noteOffer(till.installation.id, 're_5')
  await expect(process.fleet.saveReports(till.installation.id, reports)).rejects.toMatchObject({ code: 'fleet.not_durable' })
  await giveBack()
  for (const report of reports) await process.fleet.saveReports(till.installation.id, [report])
  checkIn(process, till)
  process.fleet.noteOffer(till.installation.id, 're_5')
  await written(process, till)

  for (const answer of refused)
    expect(answer).toMatchObject({ status: 'rejected', reason: { kind: 'unavailable', code: 'fleet.not_durable' } })
  expect(await process.db.selectFrom('fleet.report').select('report_id').where('release_id', '=', 're_2').execute()).toHaveLength(
    30,
  )
  expect(await stored(process, till)).toMatchObject({ version: '1.0.0', health: 'healthy' })
  expect(await process.fleet.listOutcomes('re_5')).toHaveLength(1)
})

test('a report that PostgreSQL cannot hold does not take its neighbours with it', async () => {
  const process = await openFleet()
  const tills = [await anInstallation(process), await anInstallation(process), await anInstallation(process)]

  const answers = await Promise.allSettled(
    tills.map(({ installation }, place) =>
      process.fleet.saveReports(installation.id, [aReport('failed', { reason: place === 1 ? 'a \u0000 b' : 'fine' })]),
    ),
  )

  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await process.fleet.listOutcomes('re_2')).toHaveLength(2)
})

test('sixty installations that change at once are a few transactions, and none is forgotten', async () => {
  const process = await openFleet()
  const tills: AnInstallation[] = []
  for (let place = 0; place < 60; place++) tills.push(await anInstallation(process, { organisationId: 'or_many' }))
  const before = await transactions(process)

  for (const till of tills) checkIn(process, till)
  await Promise.all(tills.map(({ installation }) => process.fleet.saveReports(installation.id, [aReport('healthy')])))

  expect((await transactions(process)) - before).toBeLessThanOrEqual(4)
  const all = await process.fleet.listOfOrganisation('or_many')
  expect(all.every(({ health, version }) => health === 'healthy' && version === '1.0.0')).toBe(true)
  expect(await process.fleet.listOutcomes('re_2')).toHaveLength(60)
})

/** How many transactions announced something. */
async function transactions({ db }: TestFleet) {
  const rows = await db.selectFrom('platform.event').select('tx').distinct().execute()
  return rows.length
}

test('what is waiting is written before it stops', async () => {
  const process = await openFleet()
  const second = await openFleet(process)
  const till = await anInstallation(process)

  checkIn(process, till)
  await process.close()

  expect(await stored(second, till)).toMatchObject({ version: '1.0.0', health: 'healthy' })
  expect((await stored(second, till))?.lastSeenAt).toBeInstanceOf(Date)
})
