// The way down and up again: SIGTERM through npm, kill -9, a second Fairway on the same folder.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { isAlive } from '../server/src/platform/postgres/running-process.ts'
import { type AServer, aServer, killAndCount, ROOT, until } from './crash/a-server.ts'
import { sayFileIsDone } from './crash/kills.ts'
import { setStage, type Stage } from './crash/stage.ts'

afterAll(() => sayFileIsDone('stop'))

const TRIES = 3

/** `npm start` would install first, in the work tree of whoever runs the tests. */
const { whyInstall } = (await import(join(ROOT, 'scripts/bootstrap/dependencies.mjs'))) as { whyInstall(): string | undefined }
const whyNot = whyInstall()
if (whyNot) console.log(`Skipped, since npm start would install: ${whyNot}`)

/** `npm start` on the folder and port of the server. */
async function npmStart({ environment, readiness }: AServer) {
  const began = performance.now()
  const child = spawn('npm', ['start'], { cwd: ROOT, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  // Not harder: npm would be gone, and what it started would stay.
  onTestFinished(() => void child.kill('SIGTERM'))
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  await until('npm start is ready', async () => (await readiness()) === 200)
  return { child, said, readyMs: performance.now() - began }
}

async function ended(child: ChildProcess) {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode
}

const isListening = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

/** A stream of what happens, once it has begun. */
async function listen({ server, headers }: Stage) {
  const asking = request(`${server.url}/api/v1/live`, { headers }).end()
  const [response] = (await once(asking, 'response')) as [IncomingMessage]
  expect(response.statusCode).toBe(200)
  // In an object, or it would be awaited to its end.
  return { happened: text(response) }
}

/** A request of which the server has the beginning and waits for the rest. */
async function beginInquiry({ server, headers, organisationId }: Stage) {
  const body = JSON.stringify({ organisationId, kind: 'question', title: 'Asked while it stops', text: 'Will I get an answer?' })
  const asking: ClientRequest = request(`${server.url}/api/v1/inquiries`, {
    method: 'POST',
    headers: {
      ...headers,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      expect: '100-continue',
    },
  })
  asking.flushHeaders()
  await once(asking, 'continue')
  asking.write(body.slice(0, 20))
  return async () => {
    asking.end(body.slice(20))
    const [response] = (await once(asking, 'response')) as [IncomingMessage]
    return { status: response.statusCode, body: await text(response) }
  }
}

async function expectNothingRuns(server: AServer, postmaster: { pid: number; port: number } | undefined) {
  expect(await isListening(server.port)).toBe(false)
  expect(await isListening(postmaster?.port ?? 0)).toBe(false)
  expect(isAlive(postmaster?.pid ?? 0)).toBe(false)
  expect(existsSync(join(server.dataDir, 'postgres/postmaster.pid'))).toBe(false)
}

test.skipIf(whyNot)('SIGTERM to npm start: streams end, the request under way is answered, nothing is left running', async () => {
  await using server = await aServer()
  const { child, said, readyMs: first } = await npmStart(server)
  const stage = await setStage(server)
  const postmaster = server.postmaster()
  const stream = await listen(stage)
  const finish = await beginInquiry(stage)

  child.kill('SIGTERM')
  await until('it has heard', () => said.join('').includes('SIGTERM'))
  const answer = await finish()

  expect(answer.status, answer.body).toBe(201)
  expect(await stream.happened).toContain('event: bye')
  expect(await ended(child), said.join('')).toBe(0)
  await expectNothingRuns(server, postmaster)

  const readyMs: number[] = []
  for (let tries = 0; tries < TRIES; tries += 1) {
    const again = await npmStart(server)
    readyMs.push(again.readyMs)
    again.child.kill('SIGTERM')
    expect(await ended(again.child)).toBe(0)
  }
  // Told, not judged: how long it takes is measured by `npm run bench`, on a machine that does nothing else.
  const inSeconds = (ms: number) => (ms / 1000).toFixed(1)
  console.log(`npm start is ready after ${inSeconds(first)} s the first time, then after ${readyMs.map(inSeconds).join(', ')} s`)
})

test('after kill -9 of the server the next start uses the PostgreSQL that it left, and finds everything', async () => {
  await using server = await aServer()
  await server.start()
  const { admin } = await setStage(server)
  const orphan = server.postmaster()

  await server.kill()
  expect(await isListening(orphan?.port ?? 0)).toBe(true)
  await server.start()

  expect(server.postmaster()).toEqual(orphan)
  expect(await admin.call('GET', '/products')).toMatchObject({ items: [{ id: 'till' }] })
  expect(await server.stop()).toBe(0)
  await expectNothingRuns(server, orphan)
})

test('a second Fairway on the same folder is refused with a sentence, and the first goes on', async () => {
  await using server = await aServer()
  await server.start()
  const environment = { ...server.environment, FAIRWAY_PORT: '0' }
  const second = spawn(process.execPath, [join(ROOT, 'server/src/main.ts')], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  })

  const [complaint, code] = await Promise.all([text(second.stderr), ended(second)])

  expect(code).toBe(1)
  expect(complaint).toContain(`already uses the data folder ${server.dataDir}`)
  expect(await server.readiness()).toBe(200)
})

test('SIGTERM while PostgreSQL has just been killed: it still ends, and nothing is left running', async () => {
  await using server = await aServer()
  await server.start()
  const postmaster = server.postmaster()

  killAndCount(postmaster?.pid ?? 0, 'postgres')
  await until('it is known to be away', async () => (await server.readiness()) === 503)

  expect(await server.stop(), server.said.join('')).toBe(0)
  await expectNothingRuns(server, server.postmaster() ?? postmaster)
})
