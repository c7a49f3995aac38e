// PostgreSQL is killed with -9 under the server, which stays: it brings PostgreSQL back, answers polls meanwhile, and loses nothing.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { type AServer, aServer, killAndCount, until } from './crash/a-server.ts'
import { createChance } from './crash/chance.ts'
import { checkAll, checkMails } from './crash/check-ledger.ts'
import { sayFileIsDone } from './crash/kills.ts'
import { gatherCrowd } from './crash/crowd.ts'
import type { SpokenAgent } from './crash/spoken-agent.ts'
import { startLoad } from './crash/load.ts'
import { aMailbox } from './crash/mailbox.ts'

afterAll(() => sayFileIsDone('postgres'))

/** Where a commit may be done though nobody hears of it. */
const POINTS = [
  'portal\\.inquiry_opened',
  'portal\\.inquiry_answered',
  'delivery\\.release_published',
  'insert into fleet\\.report',
  'update platform\\.reaction',
].flatMap((match) => (['before', 'after'] as const).map((when) => ({ kill: 'postgres' as const, when, match })))

const FAILED = { releaseId: 're_0000000000000000', kind: 'failed', reason: 'away' }

test('PostgreSQL is killed at commits, at random, and one process of it alone, while the server stays', async () => {
  const chance = createChance('postgres')
  await using mailbox = await aMailbox()
  await using server = await aServer({ FAIRWAY_SMTP_URL: mailbox.url })
  await server.start()
  const crowd = await gatherCrowd(server, mailbox)
  const load = startLoad(crowd)
  const slowest: number[] = []

  for (const point of chance.shuffled(POINTS)) {
    const postmaster = server.postmaster()?.pid
    await server.crashAt({ ...point, nth: 1 + chance.below(3) })
    slowest.push(await untilBack(server, () => server.postmaster()?.pid !== postmaster))
  }
  for (let times = 0; times < 2; times += 1) {
    const cuts = cutsOf(server)
    killAndCount(await aBackend(server, chance.below(3)), 'postgres')
    slowest.push(await untilBack(server, () => cutsOf(server) > cuts))
  }
  await load.stop()

  expect(server.isRunning()).toBe(true)
  const seen = await checkAll(server, crowd)
  const { mails, repetitions } = await checkMails(server, mailbox, 120_000)
  const listeners = () =>
    server.ask(`select pid from pg_stat_activity where application_name = 'fairway tail' and query ilike 'listen%'`)
  await until('the log is listened to again, once', async () => (await listeners()).length === 1)
  console.log(
    `${slowest.length} kills, back after ${Math.max(...slowest).toFixed(1)} s at most; ${seen}; ${mails} mails, ${repetitions} of them twice`,
  )
})

test('while PostgreSQL is away polls are answered from memory, reports are refused and sent again, and /health/ready says so', async () => {
  await using mailbox = await aMailbox()
  await using server = await aServer({ FAIRWAY_SMTP_URL: mailbox.url })
  await server.start()
  const { agents, headers } = await gatherCrowd(server, mailbox)
  const [agent] = agents as [SpokenAgent]
  await agent.checkIn()
  const { pid: postmaster, port } = server.postmaster() ?? { pid: 0, port: 0 }
  killAndCount(postmaster, 'postgres')
  // Nobody else can have it then: PostgreSQL is away for as long as we look.
  const giveBack = await takePort(port)
  await until('it is known to be away', async () => (await server.readiness()) === 503)
  const poll = await agent.tryCheckIn()
  const live = await fetch(`${server.url}/health/live`)
  const reportId = randomUUID()
  const refused = await agent.tryReport({ reportId, ...FAILED })
  const api = await fetch(`${server.url}/api/v1/products`, { headers })
  await giveBack()
  const stored = agent.report({ reportId, ...FAILED })
  const tookS = await untilBack(server, () => server.postmaster()?.pid !== postmaster)

  expect(poll.status).toBe(200)
  expect(live.status).toBe(200)
  expect([refused.status, api.status]).toEqual([503, 503])
  expect(refused.body).toMatchObject({ code: 'fleet.not_durable' })
  expect(await api.json()).toMatchObject({ code: 'database.away' })
  await stored
  expect(await server.ask('select kind from fleet.report where report_id = $1', [reportId])).toEqual([{ kind: 'failed' }])
  expect(server.said.join('')).toContain('PostgreSQL was started again')
  console.log(`back ${tookS.toFixed(1)} s after it could be started again`)
})

async function untilBack(server: AServer, isRestarted: () => boolean) {
  const began = performance.now()
  await until('PostgreSQL is back', async () => isRestarted() && (await server.readiness()) === 200).catch((error: Error) => {
    throw new Error(`${error.message} The server said:\n${server.said.join('').slice(-3000)}`)
  })
  return (performance.now() - began) / 1000
}

/** How often PostgreSQL started itself again after one of its processes was killed. */
function cutsOf({ said }: AServer) {
  return said.join('').split('cut all its connections and is back').length - 1
}

async function aBackend(server: AServer, index: number) {
  const backends = await server.ask<{ pid: number }>(
    `select pid from pg_stat_activity where application_name = 'fairway' order by state_change`,
  )
  return backends[index % backends.length]?.pid ?? 0
}

/** Listens where PostgreSQL did, and hangs up on everybody. */
async function takePort(port: number) {
  const holder = createServer((socket) => socket.destroy())
  const listening = () =>
    new Promise<boolean>((resolve) => {
      holder.once('error', () => resolve(false))
      holder.listen(port, '127.0.0.1', () => resolve(true))
    })
  await until('the port is free', listening)
  return () => new Promise<void>((resolve) => holder.close(() => resolve()))
}
