// The server is killed with -9 at every kind of write, before and after its commit, while everybody writes: nothing is lost, nothing happens twice.
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { aServer, ROOT } from './crash/a-server.ts'
import { createChance } from './crash/chance.ts'
import { checkAll, checkMails } from './crash/check-ledger.ts'
import type { CrashPoint } from './crash/crash-point.ts'
import { gatherCrowd } from './crash/crowd.ts'
import { sayFileIsDone } from './crash/kills.ts'
import { startLoad } from './crash/load.ts'
import { aMailbox } from './crash/mailbox.ts'
import { setStage } from './crash/stage.ts'

afterAll(() => sayFileIsDone('server'))

/** Events name the transactions that told them; the rest are statements that nobody announces. */
const WRITES = [
  'delivery\\.product_created',
  'delivery\\.release_drafted',
  'delivery\\.artifact_added',
  'delivery\\.release_published',
  'portal\\.inquiry_opened',
  'portal\\.inquiry_answered',
  'fleet\\.installation_enrolled',
  'fleet\\.installation_reported',
  'insert into fleet\\.report',
  'update "platform"\\."idempotency"',
  'update platform\\.reaction',
]
/** First of all: a mail whose sender was killed is sent again after half a minute, and the rest of the test need not wait for that. */
const MAIL = 'update "platform"\\."mail"'
const pointsAt = (match: string): CrashPoint[] => [
  { kill: 'server', when: 'before', match },
  { kill: 'server', when: 'after', match },
]

test('killed at each of its writes', async () => {
  const chance = createChance('server')
  await using mailbox = await aMailbox()
  await using server = await aServer({ FAIRWAY_SMTP_URL: mailbox.url })
  await server.start()
  const crowd = await gatherCrowd(server, mailbox)
  const load = startLoad(crowd)

  const points = [...pointsAt(MAIL), ...chance.shuffled(WRITES.flatMap(pointsAt))]
  for (const point of points) {
    await server.crashAt({ ...point, nth: 1 + chance.below(3) })
    await server.start()
  }
  await load.stop()

  const seen = await checkAll(server, crowd)
  const { mails, repetitions } = await checkMails(server, mailbox, 120_000)
  console.log(`${points.length} kills: ${seen}; ${mails} mails, ${repetitions} of them twice by the same Message-ID`)
  expect(crowd.ledger.entries.length).toBeGreaterThan(points.length)
})

test('killed while it starts for the first time: the next start goes on with what is there', async () => {
  await using server = await aServer()

  for (const match of ['delivery-create', 'portal-create-watch', 'create schema if not exists jobs', 'identity\\.staff_joined']) {
    server.spawnServer()
    await server.crashAt({ kill: 'server', when: 'before', match })
  }
  await server.start()

  const applied = await server.ask<{ name: string }>('select name from platform.migration order by name')
  const files = globSync('*.sql', { cwd: join(ROOT, 'server/migrations') })
  expect(applied.map(({ name }) => name)).toEqual(files.toSorted())
  expect((await setStage(server)).organisationId).toMatch(/^org_/)
})
