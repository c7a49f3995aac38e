// Migrations on a real PostgreSQL: once, in order, by one process at a time, all or nothing.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { newId } from './ids.ts'
import { migrate } from './migrate.ts'

async function query<Row extends object>(connectionString: string, text: string) {
  const client = new Client({ connectionString })
  await client.connect()
  const { rows } = await client.query<Row>(text).finally(() => client.end())
  return rows
}

/** An empty database and an empty folder of migrations. */
async function aPlace() {
  const admin = inject('databaseUrl')
  const name = newId('migrate')
  await query(admin, `create database ${name}`)
  const url = new URL(admin)
  url.pathname = `/${name}`
  const folder = mkdtempSync(join(tmpdir(), 'fairway-migrate-'))
  onTestFinished(async () => {
    rmSync(folder, { recursive: true })
    await query(admin, `drop database ${name} with (force)`)
  })
  const write = (file: string, sql: string) => writeFileSync(join(folder, file), sql)
  return { folder, write, connectionString: url.toString(), run: () => migrate(url.toString(), folder) }
}

test('each file is applied once, in the order of the names', async () => {
  const { write, run, connectionString } = await aPlace()
  write('2-b.sql', 'insert into t values (2)')
  write('1-a.sql', 'create table t (n int); insert into t values (1)')

  const first = await run()
  write('3-c.sql', 'insert into t values (3)')
  const second = await run()

  expect([first.applied, second.applied]).toEqual([['1-a.sql', '2-b.sql'], ['3-c.sql']])
  expect(await query(connectionString, 'select n from t')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
})

test('processes that start together apply each file once', async () => {
  const { write, run, connectionString } = await aPlace()
  write('1-a.sql', 'create table t (n int)')
  write('2-b.sql', 'insert into t values (1); select pg_sleep(0.2)')

  const results = await Promise.all(Array.from({ length: 5 }, run))

  expect(results.flatMap((result) => result.applied).toSorted()).toEqual(['1-a.sql', '2-b.sql'])
  expect(await query(connectionString, 'select n from t')).toEqual([{ n: 1 }])
})

test('a file that fails leaves nothing behind, and is applied when it is mended', async () => {
  const { write, run, connectionString } = await aPlace()
  write('1-a.sql', 'create table t (n int); insert into nowhere values (1)')

  await expect(run()).rejects.toThrow(/1-a\.sql failed: relation "nowhere" does not exist/)
  write('1-a.sql', 'create table t (n int)')
  await run()

  expect(await query(connectionString, 'select n from t')).toEqual([])
})

test('a file may do without a transaction, for what PostgreSQL does in none', async () => {
  const { write, run, connectionString } = await aPlace()
  write('1-a.sql', 'create table t (n int)')
  write(
    '2-b.sql',
    '-- no transaction\ncreate index concurrently if not exists t_n on t (n);\ncreate index concurrently if not exists t_m on t ((n + 1));\n',
  )

  await run()

  expect(await query(connectionString, "select indexname from pg_indexes where tablename = 't' order by 1")).toEqual([
    { indexname: 't_m' },
    { indexname: 't_n' },
  ])
})

test('a schema of a newer Fairway, and a file that was changed, are refused', async () => {
  const { folder, write, run } = await aPlace()
  write('1-a.sql', 'create table t (n int)')
  write('2-b.sql', 'select 1')
  await run()

  rmSync(join(folder, '2-b.sql'))
  await expect(run()).rejects.toThrow(/newer Fairway/)
  write('2-b.sql', 'select 2')
  await expect(run()).rejects.toThrow(/2-b\.sql was changed/)
})
