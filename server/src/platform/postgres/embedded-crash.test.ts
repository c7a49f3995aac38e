// What the next start does after something was killed: Fairway, PostgreSQL, one of its processes, initdb.
import { spawn } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { aDataFolder, isListening, query, startAnother, startHere } from './a-fairway.ts'
import { findAccount } from './account.ts'
import { isAlive } from './running-process.ts'

// Real processes on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

async function anOrphan(dataDir: string) {
  const other = startAnother(dataDir)
  const { started, refused } = await other.answer
  if (!started) throw new Error(refused)
  await query(started.connectionString, 'create table kept as select 42 as answer')
  await other.end('SIGKILL')
  expect(isAlive(started.pid)).toBe(true)
  return started
}

test('Fairway was killed: the PostgreSQL that it left is used further', async () => {
  const dataDir = aDataFolder()
  const orphan = await anOrphan(dataDir)

  const { pid, connectionString, said, stop } = await startHere(dataDir)

  expect(pid).toBe(orphan.pid)
  expect(said).toEqual([expect.stringContaining('used further')])
  expect(await query(connectionString, 'select answer from kept')).toEqual([{ answer: 42 }])
  await stop()
  expect(isAlive(pid)).toBe(false)
})

test('Ctrl-C, which goes to the whole group, does not reach PostgreSQL', async () => {
  const dataDir = aDataFolder()
  const other = startAnother(dataDir)
  const { started } = await other.answer

  process.kill(-other.pid, 'SIGINT')
  await other.end('SIGINT')

  expect(await query(started?.connectionString ?? '', 'select 1 as one')).toEqual([{ one: 1 }])
})

test('Fairway was killed and its settings have changed: its PostgreSQL is stopped and started anew', async () => {
  const dataDir = aDataFolder()
  const orphan = await anOrphan(dataDir)

  const { pid, connectionString } = await startHere(dataDir, { settings: { max_connections: '33' } })

  expect(pid).not.toBe(orphan.pid)
  expect(isAlive(orphan.pid)).toBe(false)
  expect(await query(connectionString, `select answer, current_setting('max_connections') as most from kept`)).toEqual([
    { answer: 42, most: '33' },
  ])
})

test('Fairway was killed and its PostgreSQL hangs: it is broken off and started anew', async () => {
  const dataDir = aDataFolder()
  const orphan = await anOrphan(dataDir)
  process.kill(orphan.pid, 'SIGSTOP')

  const { connectionString, said } = await startHere(dataDir)

  expect(said[0]).toContain('does not answer')
  expect(isAlive(orphan.pid)).toBe(false)
  expect(await query(connectionString, 'select answer from kept')).toEqual([{ answer: 42 }])
})

test('a PostgreSQL that hangs is left alone while its Fairway lives', async () => {
  const dataDir = aDataFolder()
  const other = startAnother(dataDir)
  const { started } = await other.answer
  process.kill(started?.pid ?? 0, 'SIGSTOP')

  await expect(startHere(dataDir)).rejects.toThrow(`Another Fairway (pid ${other.pid})`)

  process.kill(started?.pid ?? 0, 'SIGCONT')
  expect(await query(started?.connectionString ?? '', 'select 1 as one')).toEqual([{ one: 1 }])
})

test('PostgreSQL was killed: it is started again on the same port, has what was committed, and the folder stays ours', async () => {
  const dataDir = aDataFolder()
  const postgres = await startHere(dataDir)
  const { pid, port, connectionString, said } = postgres
  await query(connectionString, 'create table kept as select 42 as answer')

  process.kill(pid, 'SIGKILL')

  await expect.poll(() => said.at(-1), { timeout: 10_000 }).toContain('PostgreSQL was started again')
  expect(said).toContainEqual(expect.stringContaining(`PostgreSQL (pid ${pid}) ended unexpectedly`))
  expect(postgres.port).toBe(port)
  expect(postgres.pid).not.toBe(pid)
  expect(await query(connectionString, 'select answer from kept')).toEqual([{ answer: 42 }])
  expect((await startAnother(dataDir).answer).refused).toContain(`pid ${process.pid}`)
})

test('PostgreSQL was killed again and again, at every moment of its coming back: it comes back', async () => {
  const dataDir = aDataFolder()
  const postgres = await startHere(dataDir)

  for (const afterMs of [0, 2, 5, 8, 11, 14, 18, 25]) {
    const { pid } = postgres
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => postgres.pid, { interval: 1, timeout: 20_000 }).not.toBe(pid)
    await pause(afterMs)
  }

  await expect.poll(() => postgres.said.at(-1), { timeout: 20_000 }).toContain('PostgreSQL was started again')
  expect(await query(postgres.connectionString, 'select 1 as one')).toEqual([{ one: 1 }])
  expect((await startAnother(dataDir).answer).refused).toContain(`pid ${process.pid}`)
})

test('PostgreSQL was killed and is being started again: a second Fairway is refused, and a stop leaves nothing running', async () => {
  const dataDir = aDataFolder()
  const postgres = await startHere(dataDir)
  const { pid } = postgres

  process.kill(pid, 'SIGKILL')
  await expect.poll(() => isAlive(pid), { interval: 5 }).toBe(false)

  const { refused } = await startAnother(dataDir).answer
  await postgres.stop()
  expect(refused).toContain(`pid ${process.pid}`)
  expect(isAlive(postgres.pid)).toBe(false)
  expect(await isListening(postgres.port)).toBe(false)
})

test('Fairway and PostgreSQL were killed together: the next start recovers', async () => {
  const dataDir = aDataFolder()
  const orphan = await anOrphan(dataDir)
  process.kill(orphan.pid, 'SIGKILL')

  const { connectionString } = await startHere(dataDir)

  expect(await query(connectionString, 'select answer from kept')).toEqual([{ answer: 42 }])
})

test('one process of PostgreSQL was killed: it starts itself again, and the folder stays ours', async () => {
  const dataDir = aDataFolder()
  const { connectionString, said, pid } = await startHere(dataDir)
  const [backend] = await query(connectionString, `select pid from pg_stat_activity where backend_type = 'checkpointer'`)

  process.kill(Number(backend?.['pid']), 'SIGKILL')

  await expect
    .poll(() => said.at(-1), { timeout: 10_000 })
    .toContain(`PostgreSQL (pid ${pid}) cut all its connections and is back`)
  expect((await startAnother(dataDir).answer).refused).toContain(`pid ${process.pid}`)
})

test('initdb was killed half way: it is done again', async () => {
  const dataDir = aDataFolder()
  const other = startAnother(dataDir)
  const drafts = () => {
    try {
      return readdirSync(dataDir).filter((name) => name.includes('init-'))
    } catch {
      return []
    }
  }
  await expect.poll(drafts, { interval: 5, timeout: 10_000 }).not.toEqual([])
  await other.end('SIGKILL')
  expect(readdirSync(dataDir)).not.toContain('postgres')

  const { connectionString } = await startHere(dataDir)

  expect(await query(connectionString, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(drafts()).toEqual([])
})

test('the pid of a PostgreSQL that is gone was given to another process: it is left alone, and PostgreSQL starts', async () => {
  const dataDir = aDataFolder()
  await (await startHere(dataDir)).stop()
  const stranger = spawn('sleep', ['600'], { ...findAccount(join(dataDir, 'postgres')), cwd: '/' })
  onTestFinished(() => void stranger.kill('SIGKILL'))
  writeFileSync(
    join(dataDir, 'postgres/postmaster.pid'),
    `${stranger.pid}\n${dataDir}/postgres\n1\n5432\n\n127.0.0.1\n0 0\nready\n`,
  )

  const { connectionString } = await startHere(dataDir)

  expect(await query(connectionString, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(isAlive(stranger.pid ?? 0)).toBe(true)
})
