// The life of the embedded PostgreSQL: created, started, used by one Fairway only, stopped without a trace.
import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { aDataFolder, isListening, query, startAnother, startHere } from './a-fairway.ts'
import { isAlive } from './running-process.ts'

// Real processes on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

test('it starts with a database of its own, tuned, durable and closed to everybody without the password', async () => {
  const dataDir = aDataFolder()

  const { connectionString, port, said } = await startHere(dataDir)

  const [row] = await query(
    connectionString,
    `select current_database() as database, current_user as role, current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
       current_setting('listen_addresses') as listens, current_setting('unix_socket_directories') as sockets, current_setting('data_checksums') as checksums,
       current_setting('idle_in_transaction_session_timeout') as idle, current_setting('server_encoding') as encoding`,
  )
  expect(row).toEqual({
    database: 'fairway',
    role: 'fairway',
    fsync: 'on',
    commit: 'on',
    listens: '127.0.0.1',
    sockets: '',
    checksums: 'on',
    idle: '30s',
    encoding: 'UTF8',
  })
  expect(said).toEqual([expect.stringContaining('Created a database of PostgreSQL 18')])
  expect(statSync(join(dataDir, 'postgres.password')).mode & 0o777).toBe(0o600)
  expect(statSync(join(dataDir, 'postgres')).mode & 0o777).toBe(0o700)
  await expect(query(`postgres://fairway:wrong@127.0.0.1:${port}/fairway`, 'select 1')).rejects.toThrow(
    'password authentication failed',
  )
})

test('after stop nothing listens, no process is left, and the next start finds what was written', async () => {
  const dataDir = aDataFolder()
  const first = await startHere(dataDir)
  await query(first.connectionString, 'create table kept as select 42 as answer')

  await Promise.all([first.stop(), first.stop()])

  expect(await isListening(first.port)).toBe(false)
  expect(isAlive(first.pid)).toBe(false)
  expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)
  expect(readdirSync(dataDir).sort()).toEqual(['postgres', 'postgres.log', 'postgres.password'])
  const second = await startHere(dataDir)
  expect(await query(second.connectionString, 'select answer from kept')).toEqual([{ answer: 42 }])
  expect(second.said).toEqual([])
})

test('stop does not wait for a client that holds a transaction open', async () => {
  const { connectionString, stop, pid } = await startHere(aDataFolder())
  const lasting = query(connectionString, 'begin; select pg_sleep(600)').catch((error: Error) => error.message)
  await expect
    .poll(() =>
      query(connectionString, `select from pg_stat_activity where query like '%pg_sleep(600)' and state = 'active'`).then(
        (rows) => rows.length,
      ),
    )
    .toBe(1)

  await stop()

  expect(isAlive(pid)).toBe(false)
  expect(await lasting).toMatch(/terminat/)
})

test('a second Fairway on the folder is refused, by name of the first, which goes on', async () => {
  const dataDir = aDataFolder()
  const first = await startHere(dataDir)

  const { refused } = await startAnother(dataDir).answer

  expect(refused).toBe(
    `Another Fairway (pid ${process.pid}) already uses the data folder ${dataDir}. Stop it first, or give this one a folder of its own with FAIRWAY_DATA (and a FAIRWAY_PORT of its own).`,
  )
  await expect(startHere(dataDir)).rejects.toThrow(`pid ${process.pid}`)
  expect(await query(first.connectionString, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('of several that start at once on a new folder exactly one gets it', async () => {
  const dataDir = aDataFolder()
  mkdirSync(dataDir)

  const answers = await Promise.all([1, 2, 3].map(() => startAnother(dataDir).answer))

  const started = answers.flatMap((answer) => answer.started ?? [])
  expect(answers.filter(({ refused }) => refused?.includes('already uses the data folder'))).toHaveLength(2)
  expect(await query(started[0]?.connectionString ?? '', 'select 1 as one')).toEqual([{ one: 1 }])
  expect(readdirSync(dataDir).filter((name) => name.includes('init-'))).toEqual([])
})

test('a database of another major version is refused with advice, and left as it is', async () => {
  const dataDir = aDataFolder()
  await (await startHere(dataDir)).stop()
  writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '17\n')

  await expect(startHere(dataDir)).rejects.toThrow(
    /written by PostgreSQL 17; this Fairway brings PostgreSQL 18.*backup FILE.*restore FILE/,
  )

  expect(readFileSync(join(dataDir, 'postgres/PG_VERSION'), 'utf8')).toBe('17\n')
})

test('a folder `postgres` that holds something else is not touched', async () => {
  const dataDir = aDataFolder()
  mkdirSync(join(dataDir, 'postgres'), { recursive: true })
  writeFileSync(join(dataDir, 'postgres/notes.txt'), 'mine')

  await expect(startHere(dataDir)).rejects.toThrow('holds files but no database')

  expect(readFileSync(join(dataDir, 'postgres/notes.txt'), 'utf8')).toBe('mine')
})

test('a password that is lost or does not fit is said, and nothing is left running', async () => {
  const dataDir = aDataFolder()
  await (await startHere(dataDir)).stop()

  writeFileSync(join(dataDir, 'postgres.password'), 'another\n')
  await expect(startHere(dataDir)).rejects.toThrow(/password in .* does not fit/)
  expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)

  rmSync(join(dataDir, 'postgres.password'))
  await expect(startHere(dataDir)).rejects.toThrow(/is lost: .*postgres\.password is missing/)
})

test('a PostgreSQL that cannot start is reported in its own words, with the place of its log', async () => {
  const dataDir = aDataFolder()

  const started = startHere(dataDir, { settings: { max_connections: 'plenty' } })

  await expect(started).rejects.toThrow(/did not start.*invalid value for parameter "max_connections": "plenty".*postgres\.log/)
})

test('a data folder that is a file is said to be in the way', async () => {
  const dataDir = aDataFolder()
  mkdirSync(join(dataDir, '..'), { recursive: true })
  writeFileSync(join(dirname(dataDir), 'file'), '')

  await expect(startHere(join(dirname(dataDir), 'file'))).rejects.toThrow(/is not a folder.*FAIRWAY_DATA/)
})

test('a log that has grown is turned over at start', async () => {
  const dataDir = aDataFolder()
  mkdirSync(dataDir)
  appendFileSync(join(dataDir, 'postgres.log'), 'x'.repeat(10 * 2 ** 20 + 1))

  await startHere(dataDir)

  expect(statSync(join(dataDir, 'postgres.log.1')).size).toBeGreaterThan(10 * 2 ** 20)
  expect(statSync(join(dataDir, 'postgres.log')).size).toBeLessThan(10_000)
})
