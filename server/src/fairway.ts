// Assembles Fairway from its modules: reading it down is reading the architecture.
import packageJson from '../package.json' with { type: 'json' }
import { join } from 'node:path'
import { createDelivery, deliveryEvents, openContents } from '#delivery'
import { createFleet, fleetEvents } from '#fleet'
import { createIdentity, identityEvents, identityWords } from '#identity'
import { createPortal, portalEvents, portalWords } from '#portal'
import { createUpdates } from '#updates'
import type { Clock } from '#platform/clock'
import type { Config } from '#platform/config'
import type { Database } from '#platform/db'
import { createHttp } from '#platform/http'
import { describeApi } from '#platform/http/openapi'
import { openFastLane } from '#platform/http/fast-lane'
import { repeatOnce } from '#platform/http/idempotency'
import { limitRates, rateLimitsOf } from '#platform/http/rate-limit'
import { createJobs, worker } from '#platform/jobs'
import { createLive } from '#platform/live'
import { createLoops } from '#platform/loops'
import type { Log } from '#platform/log'
import { createMail } from '#platform/mail'
import { createMetrics, measureRequests } from '#platform/metrics'
import { createReactions } from '#platform/events/reactions'
import { openEpochAfterRestore } from '#platform/events/log-store'
import { createTail } from '#platform/events/tail'
import { createSecrets } from '#platform/secrets'
import { createWords } from '#platform/words'
import { permissionsOf } from './permissions.ts'
import { platformRoutes } from './platform-routes.ts'
import { reactionsOf } from './reactions.ts'
import { webAppRoutes } from './web-app.ts'

export const VERSION = packageJson.version

export interface FairwayDeps {
  config: Config
  database: Database
  connectionString: string
  clock: Clock
  log: Log
  logLevel?: string | undefined
  /** Where the built web app lies; without it only the pages of the server exist. */
  webDir?: string | undefined
}

export type Fairway = Awaited<ReturnType<typeof createFairway>>

/** Everything but the listening: the same for the server, for tests and for tools. The schema must be migrated. */
export async function createFairway(deps: FairwayDeps) {
  const platform = createPlatform(deps)
  const modules = await createModules(deps, platform)
  const { identity, fleet, delivery, updates, portal } = modules
  const { clock, log, database } = deps
  const loops = createLoops({ clock, log, loops: [...fleet.loops, ...delivery.loops, ...portal.loops] })
  const reactions = createReactions({ db: database.db, clock, log, reactions: reactionsOf(modules), onDone: loops.wake })
  const readiness = { isReady: false }
  const { http, workers } = await openDoors(deps, { platform, modules, readiness })
  const { tail, live, jobs } = platform

  return {
    http,
    ...modules,
    reactions,
    loops,
    jobs,
    live,
    async start() {
      await openEpochAfterRestore(database.db)
      await tail.start()
      tail.follow((entries) => {
        fleet.follow(entries)
        updates.follow(entries)
        reactions.wake()
        loops.wake()
      })
      await fleet.start()
      await updates.start()
      // Before the reactions, which order work.
      await jobs.start([...identity.workers, ...fleet.workers, ...delivery.workers, ...portal.workers, ...workers])
      await reactions.start()
      reactions.wake()
      loops.wake()
      await http.ready()
      readiness.isReady = true
    },
    /** Ends streams, drains requests, stops background work, in this order; the database stays open. */
    async stop() {
      readiness.isReady = false
      live.stop()
      await http.close()
      await Promise.all([reactions.stop(), loops.stop(), jobs.stop(), tail.stop()])
      await updates.stop()
      await fleet.stop()
    },
  }
}

type Platform = ReturnType<typeof createPlatform>
type Modules = Awaited<ReturnType<typeof createModules>>

function createPlatform({ config, database, connectionString, clock, log }: FairwayDeps) {
  const { db } = database
  const secrets = createSecrets(config.secret)
  const words = createWords({ identity: identityWords, portal: portalWords })
  const jobs = createJobs({ connectionString, log })
  const from = `fairway@${new URL(config.publicUrl).hostname}`
  const mail = createMail({ db, jobs, secrets, clock, log, smtpUrl: config.smtpUrl, from })
  const tail = createTail({ db, connectionString, log })
  return { secrets, words, jobs, mail, tail, metrics: createMetrics(), live: createLive({ db, tail }) }
}

/** Floor by floor: each module gets the faces below it. */
async function createModules({ config, database, clock, log }: FairwayDeps, { secrets, words, mail, metrics, jobs }: Platform) {
  const { db } = database
  const { publicUrl, dataDir } = config
  const identity = createIdentity({ db, clock, secrets, mail, words, log, publicUrl, permissionsOf })
  const fleet = createFleet({ db, clock, secrets, log, publicUrl, identity })
  const contents = await openContents(config, log)
  const filesDir = join(dataDir, 'artifacts')
  const delivery = createDelivery({ db, clock, secrets, log, metrics, jobs, identity, fleet, contents, filesDir })
  const updates = createUpdates({ clock, log, metrics, publicUrl, identity, fleet, delivery })
  const portal = createPortal({
    db,
    clock,
    log,
    mail,
    words,
    publicUrl,
    identity,
    fleet,
    delivery,
    filesDir: join(dataDir, 'attachments'),
  })
  return { identity, fleet, delivery, updates, portal }
}

/** The order matters: who is asking is known before the limits count, and both before an answer is repeated. */
async function openDoors(
  { config, database, clock, log, logLevel, webDir }: FairwayDeps,
  { platform, modules, readiness }: { platform: Platform; modules: Modules; readiness: { isReady: boolean } },
) {
  const { db } = database
  const { live, mail, metrics } = platform
  const http = await createHttp({ publicUrl: config.publicUrl, trustedProxies: config.trustedProxies, logLevel })
  const { series } = measureRequests(http, metrics)
  await describeApi(http, { version: VERSION, publicUrl: config.publicUrl })
  modules.identity.authenticate(http)
  const { countCaller } = limitRates(http, rateLimitsOf(config.requestsPerMinute))
  const { forgetOld } = repeatOnce(http, { db, clock })
  const audiences = { ...identityEvents, ...fleetEvents, ...deliveryEvents, ...portalEvents }
  platformRoutes(http, {
    db,
    log,
    publicUrl: config.publicUrl,
    live,
    mail,
    metrics,
    audiences,
    ...modules,
    isReady: () => readiness.isReady,
  })
  await modules.identity.routes(http)
  modules.fleet.routes(http)
  await modules.delivery.routes(http)
  modules.updates.routes(http)
  modules.portal.routes(http)
  await webAppRoutes(http, { folder: webDir, live })
  const { checkInLane } = modules.updates
  openFastLane(http, checkInLane, { countCaller, observeSeconds: series('POST', checkInLane.path, '2xx').observe })
  const forgetAnswers = worker({
    queue: 'forget-answers',
    retry: { limit: 2, delaySeconds: 60, maxDelaySeconds: 600 },
    schedule: '17 * * * *',
    handle: forgetOld,
  })
  return { http, workers: [...mail.workers, forgetAnswers] }
}

declare module '#platform/jobs' {
  interface Queues {
    'forget-answers': object
  }
}
