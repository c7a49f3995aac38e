// Opens fleet and its doors for its stories, without the modules above it; a second one on the same database is another process.
import { onTestFinished } from 'vitest'
import { createFleet } from '#fleet'
import { createIdentity, identityWords } from '#identity'
import { openDatabase } from '#platform/db'
import { createTail } from '#platform/events/tail'
import { createHttp } from '#platform/http'
import { createJobs } from '#platform/jobs'
import { silentLog } from '#platform/log'
import { createMail } from '#platform/mail'
import { createSecrets } from '#platform/secrets'
import { createWords } from '#platform/words'
import { cloneDatabase } from '#testing/database'
import { createTestClock, type TestClock } from '#testing/test-clock'

export const ORIGIN = 'http://localhost:4600'

interface Place {
  connectionString: string
  clock: TestClock
}

/** Closed by itself when the running test is finished. */
export async function openFleet(beside?: Place, secret = 'a secret of thirty-two characters, only for tests') {
  const { connectionString, clock } = beside ?? (await openPlace())
  const database = openDatabase(connectionString, { max: 6, onError: () => undefined })
  const { db } = database
  const secrets = createSecrets(secret)
  const mail = createMail({
    db,
    jobs: createJobs({ connectionString, log: silentLog }),
    secrets,
    clock,
    log: silentLog,
    from: 'fairway@localhost',
  })
  const identity = createIdentity({
    db,
    clock,
    secrets,
    mail,
    words: createWords({ identity: identityWords }),
    log: silentLog,
    publicUrl: ORIGIN,
    permissionsOf: () => [],
  })
  const fleet = createFleet({ db, clock, secrets, log: silentLog, publicUrl: ORIGIN, identity })
  const http = await createHttp({ publicUrl: ORIGIN, trustedProxies: [] })
  identity.authenticate(http)
  await identity.routes(http)
  fleet.routes(http)
  const tail = createTail({ db, connectionString, log: silentLog })
  await tail.start()
  await fleet.start()
  tail.follow(fleet.follow)
  await http.ready()

  let isClosed = false
  const close = async () => {
    if (isClosed) return
    isClosed = true
    await http.close()
    await tail.stop()
    await fleet.stop()
    await database.close()
  }
  onTestFinished(close)
  return { fleet, http, identity, db, clock, connectionString, close }
}

export type TestFleet = Awaited<ReturnType<typeof openFleet>>

async function openPlace(): Promise<Place> {
  const { connectionString, drop } = await cloneDatabase()
  onTestFinished(drop)
  return { connectionString, clock: createTestClock() }
}

/** What was announced about something, oldest first. */
export async function eventsOf({ db }: Pick<TestFleet, 'db'>, subject: string) {
  const rows = await db
    .selectFrom('platform.event')
    .select(['name', 'body', 'actor'])
    .where('subject', '=', subject)
    .orderBy('id')
    .execute()
  return rows.map(({ name, body, actor }) => ({ event: name, actor, ...(body as object) }))
}
