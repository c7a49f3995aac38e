// The server is killed in the middle of each transition of a rollout, and of the loop that closes an inquiry: each step once, one end, one mail.
import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import { type AServer, aServer, until } from './crash/a-server.ts'
import { checkMails } from './crash/check-ledger.ts'
import type { CrashPoint } from './crash/crash-point.ts'
import { sayFileIsDone } from './crash/kills.ts'
import { aMailbox } from './crash/mailbox.ts'
import { get, publish, rolloutState, startRollout, type Vendor } from './crash/ship.ts'
import { aSpokenAgent, type SpokenAgent } from './crash/spoken-agent.ts'
import { aMember, PRODUCT, setStage } from './crash/stage.ts'

afterAll(() => sayFileIsDone('loops'))

const INSTALLATIONS = 8
const ASK_AGAIN_MS = 150
const AT_ONCE = [{ percent: 100, bakeSeconds: 0 }]
/** More than there are kills, so that each finds one: what a killed server had in hand rests for some seconds, and a step may pass meanwhile. */
const IN_STEPS = [20, 40, 60, 80, 100].map((percent) => ({ percent, bakeSeconds: 1 }))
const WAIT = 'update "delivery"\\."rollout".*(proves itself|still updating|has asked for it yet)'

interface Inquiry {
  id: string
  status: string
  messages: { from: string; text: string }[]
}

/** Killed at one after the other: each is named before the server starts again, so that none slips by. */
async function dieAt(server: AServer, points: [CrashPoint['when'], string][]) {
  for (const [when, match] of points) {
    if (!server.isRunning()) server.spawnServer()
    await server.crashAt({ kill: 'server', when, match })
  }
  await server.start()
}

/** All of them ask again and again, as agents do. */
function keepAsking(agents: SpokenAgent[]) {
  const stopping = new AbortController()
  const outcome: { is: 'healthy' | 'failed' } = { is: 'healthy' }
  const asking = agents.map(async (agent) => {
    while (!stopping.signal.aborted) {
      await agent.follow(outcome.is)
      await pause(ASK_AGAIN_MS)
    }
  })
  const ended = Promise.all(asking)
  ended.catch((error: Error) => console.error(`Somebody stopped asking: ${error.message}`))
  return {
    outcome,
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

test('a rollout in five steps, one that halts, and an inquiry that closes itself, all under kills', async () => {
  await using mailbox = await aMailbox()
  await using server = await aServer({ FAIRWAY_SMTP_URL: mailbox.url })
  await server.start()
  const stage = await setStage(server, 3600)
  const member = await aMember(stage, mailbox)
  const first = await publish(stage, { productId: PRODUCT, version: '1.0.0', bytes: randomBytes(1000) })
  await untilState(stage, await startRollout(stage, { releaseId: first.id, steps: AT_ONCE }), 'complete')
  const agents: SpokenAgent[] = []
  for (let index = 0; index < INSTALLATIONS; index += 1) agents.push(await aSpokenAgent(stage, `till-${index}`))
  const asking = keepAsking(agents)
  const behind = () => server.ask(`select id from fleet.installation where version is distinct from '1.0.0'`)
  await until('all are known to run 1.0.0', async () => (await behind()).length === 0)

  const inquiryId = await openInquiry(stage, member, agents[0])
  const knownErrorId = await linkKnownError(stage, inquiryId)
  const fix = await publishFix(stage, knownErrorId)
  const good = await rollOutUnderKills(stage, fix.id)
  asking.outcome.is = 'failed'
  const bad = await haltUnderKills(stage)
  await closeUnderKills(stage, agents[0])
  await asking.stop()

  expect(await toldOf(server, good.id)).toEqual([
    'delivery.rollout_started',
    ...IN_STEPS.map((_step, index) => `delivery.rollout_step_started ${index + 1}`),
    'delivery.rollout_completed',
  ])
  const halted = await toldOf(server, bad.id)
  expect(new Set(halted).size).toBe(halted.length)
  expect(halted.at(-1)).toBe('delivery.rollout_halted')
  const sizes = await server.ask<{ size: number }>(
    `select (body->>'size')::int as size from platform.event where subject = $1 and name = 'delivery.rollout_step_started'`,
    [good.id],
  )
  expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBe(INSTALLATIONS)
  expect(agents.map(({ runs }) => runs.version)).toEqual(agents.map(() => '1.1.0'))
  await expectChannelIsRight(stage)
  await expectClosedOnce(stage, { inquiryId, closedMails: () => closedMails(server, inquiryId) })
  const { mails, repetitions } = await checkMails(server, mailbox, 120_000)
  console.log(`rollouts and closing: ${mails} mails, ${repetitions} of them twice by the same Message-ID`)
})

async function publishFix(stage: Vendor, knownErrorId: string) {
  const publishing = publish(stage, { productId: PRODUCT, version: '1.1.0', bytes: randomBytes(1000), fixes: [knownErrorId] })
  await dieAt(stage.server, [
    ['before', 'portal\\.fix_on_its_way'],
    ['after', 'portal\\.fix_on_its_way'],
  ])
  return publishing
}

async function rollOutUnderKills(stage: Vendor, releaseId: string) {
  const starting = startRollout(stage, { releaseId, steps: IN_STEPS })
  await dieAt(stage.server, [
    ['before', 'delivery\\.rollout_started'],
    ['after', 'delivery\\.rollout_started'],
    ['before', 'delivery\\.rollout_step_started'],
    ['after', 'delivery\\.rollout_step_started'],
    ['before', WAIT],
    ['after', WAIT],
    ['after', 'delivery\\.rollout_step_started'],
    ['before', 'delivery\\.rollout_completed'],
    ['after', 'delivery\\.rollout_completed'],
  ])
  const rollout = await starting
  await untilState(stage, rollout, 'complete')
  return rollout
}

async function haltUnderKills(stage: Vendor) {
  const bad = await publish(stage, { productId: PRODUCT, version: '1.2.0', bytes: randomBytes(1000) })
  const starting = startRollout(stage, { releaseId: bad.id, steps: [{ percent: 50, bakeSeconds: 1 }, ...AT_ONCE] })
  await dieAt(stage.server, [
    ['before', 'delivery\\.rollout_halted'],
    ['after', 'delivery\\.rollout_halted'],
  ])
  const rollout = await starting
  await untilState(stage, rollout, 'halted')
  return rollout
}

/** From now on a second of health is proof; it begins anew, since until then an hour was asked. */
async function closeUnderKills({ server, admin }: Awaited<ReturnType<typeof setStage>>, agent: SpokenAgent | undefined) {
  await admin.call('PATCH', `/products/${PRODUCT}`, { bakeSeconds: 1 })
  if (agent) agent.runs.health = 'unhealthy'
  await agent?.checkIn()
  if (agent) agent.runs.health = 'healthy'
  await dieAt(server, [
    ['before', 'portal\\.inquiry_closed'],
    ['after', 'portal\\.inquiry_closed'],
  ])
}

function untilState(vendor: Vendor, rollout: { id: string }, state: string) {
  return until(`the rollout is ${state}`, async () => (await rolloutState(vendor, rollout)).state === state)
}

/** What the log tells of a rollout, in its order. */
async function toldOf(server: AServer, rolloutId: string) {
  const events = await server.ask<{ told: string }>(
    `select concat_ws(' ', name, body->>'step') as told from platform.event where subject = $1 order by epoch, event.tx, id`,
    [rolloutId],
  )
  return events.map(({ told }) => told)
}

async function openInquiry({ server }: Vendor, member: Awaited<ReturnType<typeof aMember>>, agent: SpokenAgent | undefined) {
  const wish = {
    kind: 'incident_report',
    title: 'Wrong totals',
    text: 'A cent too high.',
    installationIds: [agent?.installationId],
  }
  const { id } = await member.call<{ id: string }>('POST', '/inquiries', wish)
  expect(await server.ask('select version from portal.inquiry_installation where inquiry_id = $1', [id])).toEqual([
    { version: '1.0.0' },
  ])
  return id
}

async function linkKnownError({ admin }: Awaited<ReturnType<typeof setStage>>, inquiryId: string) {
  const error = { productId: PRODUCT, title: 'Totals are rounded up', affectedVersions: '<1.1.0' }
  const { id } = await admin.call<{ id: string }>('POST', '/known-errors', error)
  await admin.call('PATCH', `/inquiries/${inquiryId}`, { knownErrorId: id })
  return id
}

/** Who comes new gets the last release that was completed. */
async function expectChannelIsRight(stage: Awaited<ReturnType<typeof setStage>>) {
  const late = await aSpokenAgent(stage, 'late')
  expect(await late.follow('healthy')).toBe('update')
  expect(late.runs.version).toBe('1.1.0')
}

async function expectClosedOnce(
  stage: Vendor,
  { inquiryId, closedMails }: { inquiryId: string; closedMails: () => Promise<object[]> },
) {
  const { status, messages } = await get<Inquiry>(stage, `/api/v1/inquiries/${inquiryId}`)
  expect(status).toBe('closed_by_itself')
  expect(messages.filter(({ from }) => from === 'system')).toHaveLength(1)
  const told = await stage.server.ask<{ name: string }>(
    `select name from platform.event where subject = $1 and name in ('portal.fix_on_its_way', 'portal.inquiry_closed') order by epoch, event.tx, id`,
    [inquiryId],
  )
  expect(told.map(({ name }) => name)).toEqual(['portal.fix_on_its_way', 'portal.inquiry_closed'])
  expect(await closedMails()).toHaveLength(1)
}

function closedMails(server: AServer, inquiryId: string) {
  return server.ask<{ id: string }>(`select id from platform.mail where subject like '%' || $1 || '%'`, [inquiryId])
}
