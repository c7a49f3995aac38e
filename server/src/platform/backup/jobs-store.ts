// SQL of the jobs that still wait (a mail, a clean-up): they go along as orders, since the tables of pg-boss are its own and change with its versions.
import type { Client } from 'pg'
import { type JobInsert, PgBoss } from 'pg-boss'

const BATCH = 500

const COLUMNS = {
  id: 'uuid',
  name: 'text',
  data: 'jsonb',
  priority: 'int',
  start_after: 'timestamptz',
  singleton_key: 'text',
  retry_limit: 'int',
  retry_delay: 'int',
  retry_backoff: 'boolean',
  retry_delay_max: 'int',
  expire_seconds: 'int',
  deletion_seconds: 'int',
  heartbeat_seconds: 'int',
}
const LIST = Object.keys(COLUMNS).join(', ')

interface Row {
  id: string
  name: string
  data: object | null
  priority: number
  start_after: Date
  singleton_key: string | null
  retry_limit: number
  retry_delay: number
  retry_backoff: boolean
  retry_delay_max: number | null
  expire_seconds: number
  deletion_seconds: number
  heartbeat_seconds: number | null
}

/** Also what is being done at this moment: whoever does it will not tell the restored database that it is done. */
export const SELECT_WAITING = `select ${LIST} from jobs.job where state < 'completed' and left(name, 8) <> '__pgboss'`

export async function hasJobs(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(`select to_regclass('jobs.job') is not null as found`)
  return rows[0]?.found ?? false
}

/** Where the restored orders lie until they are given again; gone with the transaction. */
export async function prepareOrders(client: Client) {
  const columns = Object.entries(COLUMNS).map(([name, type]) => `${name} ${type}`)
  await client.query(`create temporary table waiting_job (${columns.join(', ')}) on commit drop`)
}

export const COPY_ORDERS = `copy pg_temp.waiting_job (${LIST}) from stdin`

/** Gives the orders again in our transaction; in place of all jobs that the database had. */
export async function giveOrders(client: Client, connectionString: string) {
  const { rows: queues } = await client.query<{ name: string }>('select distinct name from pg_temp.waiting_job')
  const boss = new PgBoss({ connectionString, schema: 'jobs', max: 1, migrate: false, supervise: false, schedule: false })
  boss.on('error', () => undefined)
  await boss.start()
  try {
    // Outside of our transaction, and harmless alone; the settings come from the workers at the next start.
    for (const { name } of queues) await boss.createQueue(name)
    await client.query('delete from jobs.job')
    for (const { name } of queues) await giveOrdersOf(client, boss, name)
  } finally {
    await boss.stop({ graceful: false, close: true })
  }
}

async function giveOrdersOf(client: Client, boss: PgBoss, queue: string) {
  const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) }
  let behind = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await client.query<Row>(
      `select ${LIST} from pg_temp.waiting_job where name = $1 and id > $2::uuid order by id limit ${BATCH}`,
      [queue, behind],
    )
    const last = rows.at(-1)
    if (!last) return
    behind = last.id
    await boss.insert(queue, rows.map(toOrder), { db })
  }
}

function toOrder(row: Row): JobInsert {
  return {
    id: row.id,
    ...(row.data && { data: row.data }),
    priority: row.priority,
    startAfter: row.start_after,
    ...(row.singleton_key !== null && { singletonKey: row.singleton_key }),
    retryLimit: row.retry_limit,
    retryDelay: row.retry_delay,
    retryBackoff: row.retry_backoff,
    ...(row.retry_delay_max !== null && { retryDelayMax: row.retry_delay_max }),
    expireInSeconds: row.expire_seconds,
    deleteAfterSeconds: row.deletion_seconds,
    ...(row.heartbeat_seconds !== null && { heartbeatSeconds: row.heartbeat_seconds }),
  }
}
