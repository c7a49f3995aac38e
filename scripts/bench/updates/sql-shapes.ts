// What a poll costs that asks a database: the three shapes of research/updates.md §3.3, our re-creations, by pgbench on our own PostgreSQL.
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { withDatabase } from './crowd.ts'
import { versionOf } from './peers.ts'

const run = promisify(execFile)
const DEVICES = 100_000

const TABLES = `
drop schema if exists shapes cascade;
create schema shapes;
create table shapes.device as select n as id, md5(n::text) as token, 'till-' || n as name, n % 20 as grp, now() as seen, 1 as version
  from generate_series(1, ${DEVICES}) as n;
alter table shapes.device add primary key (id);
create unique index on shapes.device (token);
create table shapes.action as select n as id, n as device_id, n % 7 = 0 as active, n % 3 as weight, 'done' as status from generate_series(1, ${DEVICES}) as n;
alter table shapes.action add primary key (id);
create index on shapes.action (device_id, active);
create table shapes.grp as select n as id, n % 5 as channel_id, 'group ' || n as name from generate_series(0, 19) as n;
alter table shapes.grp add primary key (id);
create table shapes.channel as select n as id, n as package_id from generate_series(0, 4) as n;
alter table shapes.channel add primary key (id);
create table shapes.package as select n as id, '1.1.' || n as version from generate_series(0, 4) as n;
alter table shapes.package add primary key (id);
create table shapes.file as select n as id, n as package_id, 'x' as sha256 from generate_series(0, 4) as n;
alter table shapes.file add primary key (id);
create index on shapes.file (package_id);
create table shapes.instance (device_id int primary key, checked_at timestamptz not null, version text not null);
insert into shapes.instance select id, now(), '1.0.0' from shapes.device;
analyze shapes.device, shapes.action, shapes.instance;`

const DEVICE = `select id, name, grp, version from shapes.device where token = md5(:d::text);`
const GROUP = [
  `select id, channel_id, name from shapes.grp where id = :g;`,
  `select id, package_id from shapes.channel where id = :c;`,
  `select id, version from shapes.package where id = :c;`,
  `select id, sha256 from shapes.file where package_id = :c;`,
  `select count(*) from shapes.action where device_id = :d and active;`,
].join('\n')
const ACTIONS = [
  `select id, weight from shapes.action where device_id = :d and active and weight > 0 order by weight desc limit 1;`,
  `select id, weight from shapes.action where device_id = :d and active order by id limit 1;`,
  `select id, status from shapes.action where device_id = :d and not active order by id desc limit 1;`,
].join('\n')

export const SHAPES = {
  '1 indexed SELECT': DEVICE,
  '5 SELECT (as hawkBit asks)': [DEVICE, `select id, name, grp, version from shapes.device where id = :d;`, ACTIONS].join('\n'),
  '12 SELECT + UPSERT (as Nebraska asks)': [
    DEVICE,
    GROUP,
    GROUP,
    `select device_id, version from shapes.instance where device_id = :d;`,
    `insert into shapes.instance values (:d, now(), '1.0.0') on conflict (device_id) do update set checked_at = excluded.checked_at;`,
  ].join('\n'),
} as const

export type Shape = keyof typeof SHAPES

/** Polls a second of each, 16 clients, prepared statements; or why it was skipped. */
export async function measureShapes(
  url: string,
  folder: string,
): Promise<{ shape: Shape; perSecond: number }[] | { skipped: string }> {
  if (versionOf('pgbench', ['--version']) === undefined)
    return { skipped: 'pgbench is not installed (apt-get install postgresql-contrib)' }
  await withDatabase(url, (client) => client.query(TABLES))
  const figures = []
  for (const [shape, statements] of Object.entries(SHAPES) as [Shape, string][]) {
    const script = join(folder, 'shape.sql')
    writeFileSync(script, `\\set d random(1, ${DEVICES})\n\\set g random(0, 19)\n\\set c random(0, 4)\n${statements}\n`)
    const { stdout } = await run('pgbench', ['-n', '-M', 'prepared', '-c', '16', '-j', '1', '-T', '6', '-f', script, url])
    figures.push({ shape, perSecond: Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN) })
  }
  await withDatabase(url, (client) => client.query('drop schema shapes cascade'))
  return figures
}
