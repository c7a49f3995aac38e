// Mail, against a real SMTP dialogue: greylisting, refusal, and a mail server that is away.
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { cloneDatabase } from '#testing/database'
import { systemClock } from './clock.ts'
import { openDatabase } from './db.ts'
import { createJobs, type Retry } from './jobs.ts'
import { silentLog } from './log.ts'
import { createMail } from './mail.ts'
import { createSecrets } from './secrets.ts'

const HASTE: Retry = { limit: 8, delaySeconds: 1, maxDelaySeconds: 1 }
const CANARY = 'https://fairway.example/sign-in/link/a-secret-of-the-mail'

interface Received {
  to: string
  text: string
}

/** A mail server that answers as it is told; keeps what it took. */
async function aMailServer(rules: Pick<SMTPServerOptions, 'onRcptTo' | 'onMailFrom'> = {}, port = 0) {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    ...rules,
    onData(stream, session, done) {
      let text = ''
      stream.on('data', (chunk: Buffer) => void (text += chunk.toString()))
      stream.on('end', () => {
        received.push({ to: session.envelope.rcptTo[0]?.address ?? '', text })
        done()
      })
    },
  })
  // A client that hangs up in the middle is nothing to us.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve))
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  onTestFinished(close)
  // The library types its server as any kind of listener; ours has a port.
  return { received, close, port: (server.server.address() as AddressInfo).port }
}

function refusal(code: number, text: string) {
  return Object.assign(new Error(text), { responseCode: code })
}

async function openMail(smtpUrl: string | undefined) {
  const clone = await cloneDatabase()
  const { connectionString } = clone
  const database = openDatabase(connectionString, { onError: () => undefined })
  const jobs = createJobs({ connectionString, log: silentLog })
  const secrets = createSecrets('a secret of thirty-two characters, only for tests')
  const mail = createMail({
    db: database.db,
    jobs,
    secrets,
    clock: systemClock,
    log: silentLog,
    smtpUrl,
    from: 'fairway@vendor.example',
    retry: HASTE,
  })
  await jobs.start(mail.workers)
  onTestFinished(async () => {
    await jobs.stop()
    await database.close()
    await clone.drop()
  })
  const post = (to: string) =>
    database.db.transaction().execute((tx) => mail.post(tx, { to, subject: 'Your link', text: `Open ${CANARY}` }))
  const states = async () => (await mail.list()).map(({ state, attempts }) => ({ state, attempts }))
  return { db: database.db, mail, post, states }
}

async function until(isSo: () => boolean | Promise<boolean>) {
  for (let round = 0; round < 1200; round++) {
    if (await isSo()) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('It did not come to be so.')
}

describe('a mail', () => {
  test('is sent, and its text is forgotten', async () => {
    const server = await aMailServer()
    const { db, post, states } = await openMail(`smtp://127.0.0.1:${server.port}`)

    await post('ann@customer.example')
    await until(() => server.received.length === 1)
    await until(async () => (await states())[0]?.state === 'sent')

    expect(server.received[0]).toMatchObject({ to: 'ann@customer.example', text: expect.stringContaining(CANARY) })
    expect(server.received[0]?.text).toMatch(/^Message-ID: <ma_\w+@fairway>/m)
    expect(await db.selectFrom('platform.mail').select('content').execute()).toEqual([{ content: null }])
  })

  test('is tried again where the server greylists, and arrives once', async () => {
    let asked = 0
    const server = await aMailServer({
      onRcptTo: (_address, _session, done) => (++asked < 3 ? done(refusal(451, '4.7.1 Greylisted, come back later')) : done()),
    })
    const { post, states } = await openMail(`smtp://127.0.0.1:${server.port}`)

    await post('ann@customer.example')
    await until(async () => (await states())[0]?.state === 'sent')

    expect(server.received).toHaveLength(1)
    expect(await states()).toEqual([{ state: 'sent', attempts: 3 }])
  })

  test('waits while the mail server is away, and leaves when it is back', async () => {
    const first = await aMailServer()
    const { post, states } = await openMail(`smtp://127.0.0.1:${first.port}`)
    await first.close()

    await post('ann@customer.example')
    await until(async () => ((await states())[0]?.attempts ?? 0) >= 1)
    const second = await aMailServer({}, first.port)
    await until(() => second.received.length === 1)

    expect(second.received[0]?.to).toBe('ann@customer.example')
  })

  test('that is refused for good is not tried again, and says why', async () => {
    const server = await aMailServer({ onRcptTo: (_address, _session, done) => done(refusal(550, '5.1.1 No such user')) })
    const { mail, post, states } = await openMail(`smtp://127.0.0.1:${server.port}`)

    await post('gone@customer.example')
    await until(async () => (await states())[0]?.state === 'failed')

    expect((await mail.list())[0]).toMatchObject({ attempts: 1, lastError: expect.stringContaining('No such user') })
  })

  test('that was given up is sent anew when somebody asks for it, once', async () => {
    let isKnown = false
    const server = await aMailServer({
      onRcptTo: (_address, _session, done) => (isKnown ? done() : done(refusal(550, '5.1.1 No such user'))),
    })
    const { mail, post, states } = await openMail(`smtp://127.0.0.1:${server.port}`)
    await post('new@customer.example')
    await until(async () => (await states())[0]?.state === 'failed')
    const [failed] = await mail.list()
    isKnown = true

    const both = await Promise.allSettled([mail.retry(failed?.id ?? ''), mail.retry(failed?.id ?? '')])
    await until(async () => (await states())[0]?.state === 'sent')

    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(server.received).toHaveLength(1)
    await expect(mail.retry(failed?.id ?? '')).rejects.toMatchObject({ code: 'mail.not_failed' })
    await expect(mail.retry('ma_0000000000000000')).rejects.toMatchObject({ kind: 'not_found', code: 'mail.unknown' })
  })

  test('does not leave when its transaction does not commit', async () => {
    const server = await aMailServer()
    const { db, mail, states } = await openMail(`smtp://127.0.0.1:${server.port}`)

    const broken = db.transaction().execute(async (tx) => {
      await mail.post(tx, { to: 'nobody@customer.example', subject: 'Never', text: 'Never' })
      throw new Error('the reason')
    })

    await expect(broken).rejects.toThrow('the reason')
    expect(await states()).toEqual([])
    expect(server.received).toEqual([])
  })

  test('is kept and readable without a mail server, and lies in the database only wrapped', async () => {
    const { db, mail, post } = await openMail(undefined)

    await post('ann@customer.example')
    const [row] = await db.selectFrom('platform.mail').select(['content', 'state']).execute()

    const [kept] = await mail.list()
    expect(kept).toMatchObject({ state: 'kept', text: `Open ${CANARY}` })
    await expect(mail.retry(kept?.id ?? '')).rejects.toMatchObject({ code: 'mail.no_server' })
    expect(row?.content).not.toContain('secret')
  })

  test('cannot carry headers of its own', async () => {
    const server = await aMailServer()
    const { db, mail } = await openMail(`smtp://127.0.0.1:${server.port}`)

    await db
      .transaction()
      .execute((tx) => mail.post(tx, { to: 'ann@customer.example', subject: 'Hello\r\nBcc: eve@elsewhere.example', text: 'x' }))
    await until(() => server.received.length === 1)

    expect(server.received[0]?.text).not.toMatch(/^Bcc:/m)
  })
})
