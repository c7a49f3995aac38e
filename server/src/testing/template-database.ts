// Makes, once for a run of tests, the migrated database that each story clones.
import type { TestProject } from 'vitest/node'
import { join } from 'node:path'
import { Client } from 'pg'
import { createJobs } from '#platform/jobs'
import { silentLog } from '#platform/log'
import { migrate } from '#platform/migrate'
import { setup as startPostgres, teardown as stopPostgres } from './postgres-server.ts'

const MIGRATIONS = join(import.meta.dirname, '../../migrations')

export async function setup(project: TestProject) {
  let adminUrl = ''
  await startPostgres({
    provide: (key: string, value: string) => (key === 'databaseUrl' ? (adminUrl = value) : undefined),
  } as unknown as TestProject)
  const templateName = `fairway_template_${process.pid}`
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  await client.query(`create database ${templateName}`)
  await client.end()
  const url = new URL(adminUrl)
  url.pathname = `/${templateName}`
  const jobs = createJobs({ connectionString: url.toString(), log: silentLog })
  await migrate(url.toString(), MIGRATIONS, jobs.migrate)
  project.provide('databaseUrl', adminUrl)
  project.provide('templateName', templateName)
}

export const teardown = stopPostgres
