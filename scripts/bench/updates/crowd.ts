// Makes as many installations as asked for by SQL, as they would be after years; and tokens as the server would have given them.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { issueAgentToken } from '../../../server/src/fleet/proofs/agent-token.ts'
import { createSecrets } from '../../../server/src/platform/secrets.ts'

export const SECRET = 'a secret of the bench, which nobody else has to know'

/** The embedded PostgreSQL of a platform in this folder. */
export function databaseUrl(folder: string) {
  const data = join(folder, 'data')
  const password = readFileSync(join(data, 'postgres.password'), 'utf8').trim()
  const port = readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[3]
  return `postgres://fairway:${password}@127.0.0.1:${port}/fairway`
}

export async function withDatabase<Result>(url: string, ask: (client: pg.Client) => Promise<Result>) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await ask(client)
  } finally {
    await client.end()
  }
}

export interface CrowdWish {
  count: number
  organisationIds: string[]
  /** What the even ones run, and the odd ones. */
  current: { id: string; version: string }
  previous: { id: string; version: string }
}

/** Numbers 0 to count − 1; those that are there stay. Long known: nothing of them is news to anybody. */
export async function fill(url: string, { count, organisationIds, current, previous }: CrowdWish) {
  await withDatabase(url, async (client) => {
    await client.query(
      `insert into fleet.installation (id, organisation_id, product_id, channel, name, platform, arch, public_key, state, version, release_id,
         health, healthy_since, instance, instance_since, enrolled_at, last_seen_at, revision, updated_at)
       select 'in_' || substr(md5(n::text), 1, 16), ($2::text[])[1 + n % $3], 'till', 'stable', 'till-' || n, 'linux', 'x64',
         substr(encode(sha256(n::text::bytea), 'hex'), 1, 43), 'active', case n % 2 when 0 then $4 else $6 end, case n % 2 when 0 then $5 else $7 end,
         'healthy', now() - interval '1 day', md5('run ' || n), now() - interval '1 day', now() - interval '1 year', now() - interval '1 hour', 7,
         now() - interval '1 day'
       from generate_series(0, $1 - 1) as n on conflict do nothing`,
      [count, organisationIds, organisationIds.length, current.version, current.id, previous.version, previous.id],
    )
    await client.query('vacuum (analyze) fleet.installation')
    await client.query('checkpoint')
  })
}

/** Good for fifteen minutes; two of one installation differ by `round`. */
export function tokenOf(number: number, round = 0) {
  const id = `in_${md5(String(number)).slice(0, 16)}`
  const clock = { now: () => new Date(Date.now() + round) }
  return issueAgentToken({ secrets, clock }, id, md5(`run ${number}`)).token
}

const secrets = createSecrets(SECRET)

function md5(text: string) {
  return createHash('md5').update(text).digest('hex')
}
