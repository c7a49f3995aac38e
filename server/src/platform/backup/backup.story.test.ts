// The story of a backup: taken from a Fairway at work, restored elsewhere, nothing lost, nothing twice; and every bad file refused.
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { zstdCompressSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { newId } from '#platform/ids'
import { cloneDatabase } from '#testing/database'
import { anInstallation } from '#testing/installations'
import { openFairway, type TestFairway } from '#testing/open-fairway'
import { aMember, anOrganisation, aStaff } from '#testing/people'
import { aProduct, aRelease, send } from '#testing/releases'
import { createTestClock } from '#testing/test-clock'
import { openDatabase } from '../db.ts'
import { announce } from '../events.ts'
import { endOfLog, readLog, START } from '../events/log-store.ts'
import { createReactions, on } from '../events/reactions.ts'
import { silentLog } from '../log.ts'
import {
  aMailServer,
  anEmptyDatabase,
  aSilentMailServer,
  at,
  boot,
  command,
  digests,
  dump,
  rowsOf,
  SCHEMAS,
  shape,
  withClient,
} from './a-backup.ts'
import { startPostgres15, whyNoPostgres15 } from './a-postgres-15.ts'
import { readMembers } from './archive-reader.ts'

declare module '../events.ts' {
  interface Events {
    'test.backed_up': { what: string }
  }
}

const folder = mkdtempSync(join(tmpdir(), 'fairway-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const aPath = (name: string) => join(folder, newId(name))

/** One of everything, through the API; two mails wait, one of them under way. */
async function fill(fairway: TestFairway) {
  const administrator = await aStaff(fairway)
  const organisation = await anOrganisation(fairway, 'Café Müller & "Söhne"\tGmbH \\ 東京')
  const member = await aMember(fairway, organisation.id, { role: 'manager', password: 'correct horse battery staple' })
  await aProduct(fairway, administrator.headers, { id: 'till' })
  const content = randomBytes(3_000_000)
  const release = await aRelease(fairway, administrator.headers, { productId: 'till', version: '1.0.0', content })
  const till = await anInstallation(fairway, { organisationId: organisation.id, name: 'till-3' })
  const payload = {
    kind: 'question',
    title: 'No \\N receipt',
    text: 'Line one\nline two\t\\.',
    installationIds: [till.installation.id],
  }
  const inquiry = await send<{ id: string }>(fairway, member.headers, { method: 'POST', url: '/api/v1/inquiries', payload })
  const attached = randomBytes(5000)
  const response = await fairway.http.inject({
    method: 'POST',
    url: `/api/v1/inquiries/${inquiry.id}/attachments?name=photo.bin`,
    headers: { ...member.headers, 'content-type': 'application/octet-stream' },
    payload: attached,
  })
  if (response.statusCode !== 201) throw new Error(response.body)
  for (const text of ['We look at it.', 'Still looking.'])
    await send(fairway, administrator.headers, {
      method: 'POST',
      url: `/api/v1/inquiries/${inquiry.id}/messages`,
      payload: { text },
    })
  return { administrator, member, inquiry, content, attached, attachment: response.json<{ id: string }>(), release }
}

describe('a Fairway at work', () => {
  let fairway: TestFairway
  let filled: Awaited<ReturnType<typeof fill>>
  let silent: Awaited<ReturnType<typeof aSilentMailServer>>
  let file: string
  let said: string
  let before: Awaited<ReturnType<typeof dump>>
  beforeAll(async () => {
    silent = await aSilentMailServer()
    fairway = await openFairway({ smtpUrl: silent.url })
    filled = await fill(fairway)
    await fairway.settle()
    await vi.waitFor(() => expect(silent.sockets.size).toBeGreaterThan(0), { timeout: 20_000 })
    file = aPath('backup')
    const ended = await command(['backup', file], at(fairway.connectionString, fairway.dataDir))
    if (ended.code !== 0) throw new Error(ended.said)
    said = ended.said
    before = await dump(fairway.connectionString)
  })
  afterAll(async () => {
    silent.stop()
    await fairway.close()
  })

  test('is backed up into one private file, and told what to keep', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(said).toMatch(/2 waiting jobs, 2 files \(3\.0 MB\)/)
    expect(said).toContain('It does not hold FAIRWAY_SECRET')
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
    // A key in it can be opened only with the secret.
    expect(before['delivery.product']?.[0]).toMatch(/w1\./)
  })

  test('never replaces a file', async () => {
    const bytes = readFileSync(file)

    const ended = await command(['backup', file], at(fairway.connectionString, fairway.dataDir))

    expect(ended).toMatchObject({ code: 1, said: expect.stringContaining('exists already') })
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })

  async function comesBack(databaseUrl: string) {
    const dataDir = aPath('data')
    const restored = await command(['restore', file], at(databaseUrl, dataDir))
    expect(restored).toMatchObject({ code: 0, said: expect.stringContaining('Done: ') })

    const after = await dump(databaseUrl)
    const log = after['platform.event']?.filter((row) => !row.includes('platform.restored'))
    expect({ ...after, 'platform.event': log }).toEqual(before)
    expect(after['platform.event']).toHaveLength(log!.length + 1)
    expect(Object.values(before).flat().length).toBeGreaterThan(30)
    expect(digests(dataDir)).toEqual(digests(fairway.dataDir))
    expect(digests(dataDir)).toHaveLength(2)
    expect(await rowsOf(databaseUrl, 'select last_sequence from delivery.product')).toEqual([{ last_sequence: 1001 }])
    const jobs = `select id, name, data, state::text, retry_limit, retry_delay, heartbeat_seconds, priority from jobs.job where name = 'mail' order by id`
    const asOrders = (rows: { state: string }[]) => rows.map((row) => ({ ...row, state: 'created' }))
    expect(await rowsOf(databaseUrl, jobs)).toEqual(asOrders(await rowsOf(fairway.connectionString, jobs)))
    return dataDir
  }

  async function worksOn(databaseUrl: string, dataDir: string) {
    const mails = await aMailServer()
    const { origin, stop } = await boot({ ...at(databaseUrl, dataDir), FAIRWAY_SMTP_URL: mails.url })
    const { member, administrator, inquiry, attachment, release } = filled
    const get = (path: string, headers: Record<string, string>) => fetch(`${origin}${path}`, { headers })
    const read = await get(`/api/v1/inquiries/${inquiry.id}`, member.headers)
    expect(await read.json()).toMatchObject({ title: 'No \\N receipt', text: 'Line one\nline two\t\\.' })
    const photo = await get(`/api/v1/inquiries/${inquiry.id}/attachments/${attachment.id}`, member.headers)
    expect(Buffer.from(await photo.arrayBuffer()).equals(filled.attached)).toBe(true)
    const artifact = await get(`/api/v1/artifacts/${release.artifacts[0]!.id}/file`, administrator.headers)
    expect(Buffer.from(await artifact.arrayBuffer()).equals(filled.content)).toBe(true)
    // Publishing opens the product's key: the secret fits. New numbers do not meet old ones.
    const draft = await fetch(`${origin}/api/v1/releases`, {
      method: 'POST',
      headers: { ...administrator.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ productId: 'till', version: '1.0.1' }),
    })
    expect(draft.status).toBe(201)
    const opened = await fetch(`${origin}/api/v1/inquiries`, {
      method: 'POST',
      headers: { ...member.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'question', title: 'Another', text: 'one' }),
    })
    expect(opened.status, await opened.clone().text()).toBe(201)
    const sent = `select count(*)::int as sent from platform.mail where state = 'sent'`
    await expect.poll(() => rowsOf(databaseUrl, sent), { timeout: 20_000 }).toEqual([{ sent: 2 }])
    await stop()
    const ids = mails.got.map((mail) => /^Message-ID: (.+)$/im.exec(mail)?.[1])
    expect(new Set(ids).size).toBe(2)
    expect(ids).toHaveLength(2)
  }

  test('comes back in an empty database, row by row and file by file, and works', async () => {
    const databaseUrl = await anEmptyDatabase()

    const dataDir = await comesBack(databaseUrl)

    expect(await shape(databaseUrl)).toEqual(await shape(fairway.connectionString))
    await worksOn(databaseUrl, dataDir)
  })

  const why = whyNoPostgres15()
  test.skipIf(why !== undefined)(`moves from PostgreSQL 18 to 15${why ? ` (skipped: ${why})` : ''}`, async () => {
    const server = await startPostgres15()
    onTestFinished(server.stop)
    const databaseUrl = await anEmptyDatabase(server.adminUrl)
    const [version] = await rowsOf(databaseUrl, 'show server_version_num')

    const dataDir = await comesBack(databaseUrl)

    expect(version.server_version_num).toMatch(/^15/)
    await worksOn(databaseUrl, dataDir)
  })

  test('is not overwritten, unless that is what was asked for', async () => {
    const databaseUrl = await anEmptyDatabase()
    const env = at(databaseUrl, aPath('data'))
    await command(['restore', file], env)
    await rowsOf(databaseUrl, `delete from portal.message`)

    const refused = await command(['restore', file], env)
    const left = await rowsOf(databaseUrl, 'select count(*)::int as messages from portal.message')
    const forced = await command(['restore', file, '--force'], env)

    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('add --force') })
    expect(left).toEqual([{ messages: 0 }])
    expect(forced.code).toBe(0)
    expect(await rowsOf(databaseUrl, 'select count(*)::int as messages from portal.message')).toEqual([{ messages: 2 }])
  })

  test('refuses a restore under it', async () => {
    const ended = await command(['restore', file, '--force'], at(fairway.connectionString, fairway.dataDir))

    expect(ended).toMatchObject({ code: 1, said: expect.stringContaining('Stop it first') })
    expect(await dump(fairway.connectionString)).toMatchObject({
      'portal.inquiry': before['portal.inquiry'],
      'platform.event': before['platform.event'],
    })
  })

  test('is not backed up without a file that it knows', async () => {
    const other = aPath('backup')

    const ended = await command(['backup', other], at(fairway.connectionString, aPath('elsewhere')))

    expect(ended).toMatchObject({ code: 1, said: expect.stringMatching(/artifacts\/sha256.* is missing/) })
    expect(ended.said).not.toContain('    at ')
    expect(existsSync(other)).toBe(false)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  async function repacked(change: (name: string, bytes: Buffer) => [string, Buffer][]) {
    const archive = pack()
    for await (const { name, bytes } of readMembers(file, {}))
      for (const [as, content] of change(name, await buffer(bytes))) archive.entry({ name: as }, content)
    archive.finalize()
    return zstdCompressSync(await buffer(archive))
  }
  const edited = (member: string, from: string, to: string) =>
    repacked((name, bytes) => [[name, name === member ? Buffer.from(bytes.toString().replace(from, to)) : bytes]])
  const flipped = (bytes: Buffer, place: number) =>
    Buffer.concat([bytes.subarray(0, place), Buffer.of(bytes[place]! ^ 1), bytes.subarray(place + 1)])
  const evil = Buffer.from('evil')
  const evilEntry = JSON.stringify({ name: 'files/../../evil', size: 4, sha256: createHash('sha256').update(evil).digest('hex') })

  test.each<[string, (good: Buffer) => Buffer | Promise<Buffer>, RegExp]>([
    ['half of a file', (good) => good.subarray(0, good.length / 2), /damaged: it ends too early/],
    ['a file without its last byte', (good) => good.subarray(0, -1), /damaged/],
    ['a changed bit in the middle', (good) => flipped(good, Math.floor(good.length / 2)), /damaged/],
    ['a changed bit near the end', (good) => flipped(good, good.length - 3), /damaged/],
    ['an empty file', () => Buffer.alloc(0), /not a backup of Fairway/],
    ['some text', () => Buffer.from('-- PostgreSQL database dump'), /not a backup of Fairway/],
    ['other things compressed', () => zstdCompressSync(randomBytes(5000)), /damaged|not a backup/],
    [
      'a member that is gone',
      () => repacked((name, bytes) => (name.includes('portal.message/') ? [] : [[name, bytes]])),
      /portal.message.* is missing/,
    ],
    ['a changed row', () => edited('tables/identity.organisation/000001.copy', 'Café', 'Cafe'), /was changed/],
    [
      'a member too much',
      () =>
        repacked((name, bytes) =>
          name === 'manifest.json'
            ? [
                ['files/more', evil],
                [name, bytes],
              ]
            : [[name, bytes]],
        ),
      /more than its list/,
    ],
    [
      'no list of contents',
      () => repacked((name, bytes) => (name === 'manifest.json' ? [] : [[name, bytes]])),
      /its end is missing/,
    ],
    ['another format', () => edited('backup.json', '"format": 1', '"format": 2'), /format 2/],
    [
      'a newer Fairway',
      () => edited('backup.json', '20261123T0900-platform-create-log', '20991123T0900-platform-create-moon'),
      /was changed|newer Fairway/,
    ],
    [
      'a path that leads out',
      () =>
        repacked((name, bytes) =>
          name === 'manifest.json'
            ? [
                ['files/../../evil', evil],
                [name, Buffer.from(bytes.toString().replace('{"members":[', `{"members":[${evilEntry},`))],
              ]
            : [[name, bytes]],
        ),
      /no file of Fairway/,
    ],
  ])('%s is refused, and nothing is changed', async (_what, make, sentence) => {
    const databaseUrl = await anEmptyDatabase()
    const bad = aPath('bad')
    writeFileSync(bad, await make(readFileSync(file)))
    const dataDir = aPath('data')

    const ended = await command(['restore', bad], at(databaseUrl, dataDir))

    expect(ended).toMatchObject({ code: 1, said: expect.stringMatching(sentence) })
    expect(ended.said).toMatch(/Nothing was changed|cannot read/)
    expect(ended.said).not.toContain('    at ')
    expect(await rowsOf(databaseUrl, `select nspname from pg_namespace where nspname = any('{${SCHEMAS}}')`)).toEqual([])
    expect(existsSync(join(folder, 'evil'))).toBe(false)
  })

  test('another secret is refused before anything is changed', async () => {
    const databaseUrl = await anEmptyDatabase()
    const env = { ...at(databaseUrl, aPath('data')), FAIRWAY_SECRET: 'another secret that is also long enough' }

    const ended = await command(['restore', file], env)

    expect(ended).toMatchObject({ code: 1, said: expect.stringContaining('FAIRWAY_SECRET is not the one') })
    expect(await rowsOf(databaseUrl, `select to_regclass('platform.event') as event`)).toEqual([{ event: null }])
  })
})

describe('the log of a restored database', () => {
  async function aLog(url: string) {
    const database = openDatabase(url, { onError: () => undefined })
    onTestFinished(database.close)
    const heard: string[] = []
    const hear = on('test.backed_up', 'test.hear-backed-up', async ({ body }) => void heard.push(body.what))
    const reactions = createReactions({ db: database.db, clock: createTestClock(), log: silentLog, reactions: [hear] })
    await reactions.start()
    const happen = (what: string) =>
      database.db
        .transaction()
        .execute((tx) =>
          announce(tx, { name: 'test.backed_up', subject: 'one', actor: 'system', occurredAt: new Date(), body: { what } }),
        )
    const names = async () =>
      (await readLog(database.db, START, { limit: 100 })).map(({ event }) => (event.body as { what?: string }).what ?? event.name)
    return { ...database, heard, reactions, happen, names }
  }

  async function carriedOver(from: string) {
    const file = aPath('log')
    const to = await anEmptyDatabase()
    const ended = [await command(['backup', file], at(from, folder)), await command(['restore', file], at(to, folder))]
    expect(
      ended.map(({ code }) => code),
      ended.map(({ said }) => said).join('\n'),
    ).toEqual([0, 0])
    return to
  }

  // A new server counts its transactions from the beginning: there, all of the past seems to lie in the future.
  test.each([1_000_000_000, 0])(
    'goes on where it was, each event once (the old server was %i transactions ahead)',
    async (ahead) => {
      const clone = await cloneDatabase()
      onTestFinished(clone.drop)
      const source = await aLog(clone.connectionString)
      await source.happen('one')
      await source.reactions.runDue()
      await source.happen('two')
      for (const table of ['event', 'reaction'])
        await rowsOf(clone.connectionString, `update platform.${table} set tx = (tx::text::bigint + ${ahead})::text::xid8`)
      await source.reactions.stop()

      const first = await aLog(await carriedOver(clone.connectionString))
      await first.reactions.runDue()
      await first.happen('three')
      await first.reactions.runDue()
      await first.reactions.stop()
      const [{ current }] = await rowsOf(String(first.pool.options.connectionString), 'select current_database() as current')
      const second = await aLog(await carriedOver(String(first.pool.options.connectionString)))
      await second.happen('four')
      await second.reactions.runDue()

      expect(current).toMatch(/^restored/)
      expect(source.heard).toEqual(['one'])
      expect(first.heard).toEqual(['two', 'three'])
      expect(second.heard).toEqual(['four'])
      expect(await second.names()).toEqual(['one', 'two', 'platform.restored', 'three', 'platform.restored', 'four'])
    },
  )

  test('is not held back by the moment that a backup holds', async () => {
    const clone = await cloneDatabase()
    onTestFinished(clone.drop)
    const source = await aLog(clone.connectionString)
    await withClient(clone.connectionString, async (client) => {
      await client.query('begin transaction isolation level repeatable read read only')
      await client.query('select count(*) from platform.event')

      const before = await endOfLog(source.db)
      await source.happen('meanwhile')

      expect(await readLog(source.db, before, { limit: 10 })).toHaveLength(1)
    })
  })
})

describe('a command that is killed', () => {
  async function aLargeSource() {
    const clone = await cloneDatabase()
    onTestFinished(clone.drop)
    await rowsOf(
      clone.connectionString,
      `insert into platform.event (event_id, name, subject, actor, occurred_at, body)
       select 'ev_' || n, 'test.backed_up', 'one', 'system', now(), jsonb_build_object('what', md5(n::text)) from generate_series(1, 60000) n`,
    )
    return clone.connectionString
  }
  const untilGone = (url: string) =>
    expect
      .poll(
        () =>
          rowsOf(url, `select from pg_stat_activity where application_name like 'fairway %' and datname = current_database()`),
        { timeout: 10_000 },
      )
      .toEqual([])

  test('leaves an empty database or a complete one, and can be run again', async () => {
    const file = aPath('large')
    const source = await aLargeSource()
    await command(['backup', file], at(source, folder))
    const databaseUrl = await anEmptyDatabase()
    const env = at(databaseUrl, aPath('data'))
    const found: string[] = []

    for (const afterMs of [300, 500, 700, 900, 1100, 1300]) {
      const restoring = command(['restore', file, '--force'], env)
      setTimeout(restoring.kill, afterMs)
      await restoring
      await untilGone(databaseUrl)
      const [{ there }] = await rowsOf(databaseUrl, `select to_regclass('platform.event') is not null as there`)
      const [{ rows }] = there ? await rowsOf(databaseUrl, 'select count(*)::int as rows from platform.event') : [{ rows: 0 }]
      found.push(String(rows))
    }
    const last = await command(['restore', file, '--force'], env)

    for (const rows of found) expect(['0', '60001']).toContain(rows)
    expect(found).toContain('0')
    expect(last.code, last.said).toBe(0)
    expect(await rowsOf(databaseUrl, 'select count(*)::int as rows from platform.event')).toEqual([{ rows: 60001 }])
  })

  test('leaves no backup that is not whole', async () => {
    const file = aPath('killed')
    const source = await aLargeSource()

    for (const afterMs of [350, 450, 550]) {
      const backingUp = command(['backup', file], at(source, folder))
      setTimeout(backingUp.kill, afterMs)
      await backingUp
      if (existsSync(file)) break
    }
    const whole = existsSync(file) ? { code: 0 } : await command(['backup', file], at(source, folder))

    expect(whole.code).toBe(0)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
    expect((await command(['restore', file], at(await anEmptyDatabase(), aPath('data')))).code).toBe(0)
  })
})

test('the embedded database: backed up while it runs and while it does not, moved with its secret to another folder', async () => {
  const [here, there] = [aPath('here'), aPath('there')]
  const env = {
    FAIRWAY_DATA: here,
    FAIRWAY_ADMIN_EMAIL: 'ada@vendor.example',
    FAIRWAY_ADMIN_PASSWORD: 'correct horse battery staple',
  }
  const files = [aPath('running'), aPath('stopped')]
  const fairway = await boot(env)

  const running = await command(['backup', files[0]!], env)
  const refused = await command(['restore', files[0]!, '--force'], env)
  await fairway.stop()
  const stopped = await command(['backup', files[1]!], env)
  const restored = await command(['restore', files[1]!], { FAIRWAY_DATA: there })

  expect([running.code, stopped.code, restored.code], restored.said).toEqual([0, 0, 0])
  expect(running.said).toContain('whoever has this file can sign releases in your name')
  expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('already uses the data folder') })
  expect(readFileSync(join(there, 'secret'), 'utf8')).toBe(readFileSync(join(here, 'secret'), 'utf8'))
  expect(statSync(join(there, 'secret')).mode & 0o777).toBe(0o600)
  // Nothing that was started for it runs on.
  for (const dataDir of [here, there]) expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)
  const { origin } = await boot({ FAIRWAY_DATA: there })
  const body = JSON.stringify({ email: env.FAIRWAY_ADMIN_EMAIL, password: env.FAIRWAY_ADMIN_PASSWORD })
  const signedIn = await fetch(`${origin}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body,
  })
  expect(signedIn.status, await signedIn.clone().text()).toBe(200)
})
