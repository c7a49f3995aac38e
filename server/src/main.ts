// The process: configuration → database → schema → modules → doors; and the way back when it is told to stop.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '#platform/clock'
import { type Config, keepSecret, readConfig } from '#platform/config'
import { openDatabase } from '#platform/db'
import { createJobs } from '#platform/jobs'
import { migrate } from '#platform/migrate'
import { startEmbeddedPostgres } from '#platform/postgres/embedded'
import { createFairway } from './fairway.ts'

const WEB_APP = join(import.meta.dirname, '../../web/dist')
const MIGRATIONS = join(import.meta.dirname, '../migrations')
const say = (line: string) => console.log(line)

async function run() {
  const began = performance.now()
  const given = readConfig(process.env, process.cwd())
  mkdirSync(given.dataDir, { recursive: true, mode: 0o711 })
  const config: Config = { ...given, secret: given.secret || keepSecret(given.dataDir) }
  const stopping = hearSignals()

  const postgres = config.databaseUrl ? undefined : await startEmbeddedPostgres({ dataDir: config.dataDir, say })
  const connectionString = config.databaseUrl ?? postgres?.connectionString ?? ''
  try {
    await serve(config, { connectionString, stopping, began })
  } finally {
    await postgres?.stop()
  }
}

async function serve(
  config: Config,
  { connectionString, stopping, began }: { connectionString: string; stopping: Promise<string>; began: number },
) {
  const log = { level: process.env.FAIRWAY_LOG_LEVEL ?? 'warn' }
  const database = openDatabase(connectionString, {
    onError: (error) => console.error(`A connection to PostgreSQL was lost: ${error.message}`),
  })
  try {
    const migrator = createJobs({ connectionString, log: consoleLog })
    const { applied } = await migrate(connectionString, MIGRATIONS, migrator.migrate)
    if (applied.length > 0) say(`The schema is up to date (${applied.length} migrations applied).`)
    const fairway = await createFairway({
      config,
      database,
      connectionString,
      clock: systemClock,
      log: consoleLog,
      logLevel: log.level,
      webDir: WEB_APP,
    })
    try {
      await fairway.start()
      const { setupUrl } = await fairway.identity.prepareFirstStart(config.admin)
      await fairway.http.listen({ host: config.host, port: config.port })
      say(`Fairway is ready at ${config.publicUrl} (${((performance.now() - began) / 1000).toFixed(1)} s).`)
      if (setupUrl) say(`Nobody can sign in yet. Make the first administrator, once: ${setupUrl}`)
      say(`${await stopping}: ending streams, finishing requests …`)
    } finally {
      // Also where the port is taken: what was started must not outlive this attempt.
      await fairway.stop()
    }
    say('Stopped.')
  } finally {
    await database.close()
  }
}

/** Resolves at the first signal; the second one does not wait for anybody. */
function hearSignals() {
  return new Promise<string>((resolve) => {
    let heard = false
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (heard) process.exit(130)
        heard = true
        resolve(signal)
      })
    }
  })
}

/** What background work has to say before and beside the log of requests. */
const consoleLog = {
  info: () => undefined,
  warn: (fields: unknown, message?: string) => console.error(lineOf('warn', fields, message)),
  error: (fields: unknown, message?: string) => console.error(lineOf('error', fields, message)),
}

function lineOf(level: string, fields: unknown, message?: string) {
  const { err, ...rest } = (typeof fields === 'object' ? fields : {}) as { err?: { message?: string } }
  return JSON.stringify({ level, time: new Date().toISOString(), ...rest, ...(err ? { error: err.message } : {}), msg: message })
}

try {
  await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
