// The server is killed with -9 while it makes a patch: afterwards the patch is made all the same, and a real agent needs no more than it.
import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packSoftware } from '../agent/src/testing/software.ts'
import { aMachine } from './crash/a-machine.ts'
import { type AServer, aServer, until } from './crash/a-server.ts'
import { sayFileIsDone } from './crash/kills.ts'
import { publish, rolloutState, startRollout } from './crash/ship.ts'
import { PRODUCT, setStage, type Stage } from './crash/stage.ts'

/** So much that a patch takes a while, and that nothing makes it small. */
const extra = randomBytes(20_000_000)

let server: AServer
let stage: Stage
beforeAll(async () => {
  server = await aServer()
  await server.start()
  stage = await setStage(server)
}, 120_000)
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  sayFileIsDone('patches')
}, 60_000)

async function ship(version: string) {
  const packed = await packSoftware({ version, extra })
  return { ...(await publish(stage, { productId: PRODUCT, version, ...packed })), size: packed.bytes.length }
}

const goOut = (releaseId: string) => startRollout(stage, { releaseId, steps: [{ percent: 100, bakeSeconds: 0 }] })
const patches = () =>
  server.ask<{ state: string; attempts: number; size: string; because: string }>(
    'select state, attempts, size, because from delivery.patch',
  )

/** Programs of this test's server that make patches. */
async function programs() {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(ids.map((id) => readFile(join('/proc', id, 'cmdline'), 'utf8').catch(() => '')))
  return lines.filter((line) => line.includes('patch-program') && line.includes(server.dataDir))
}

test('a patch whose server was killed in the middle is made after all, and is all that an update fetches', async () => {
  const first = await ship('1.0.0')
  const rollout = await goOut(first.id)
  await until('1.0.0 is the release of the channel', async () => (await rolloutState(stage, rollout)).state === 'complete')
  await using machine = await aMachine(stage, { productId: PRODUCT, name: 'till-1' })
  const installed = await machine.once()
  expect(installed.code, installed.log).toBe(0)

  const next = await ship('1.1.0')
  await until('a program makes the patch', async () => (await programs()).length > 0)
  await server.kill()
  await until('it ends with its server', async () => (await programs()).length === 0)
  await server.start()
  await until('the patch is made', async () => (await patches())[0]?.state === 'made', 200_000)
  await goOut(next.id)
  let log = ''
  await until('the installation runs 1.1.0', async () => {
    log += (await machine.once()).log
    return (await machine.look()).answers === '1.1.0'
  })

  const [patch] = await patches()
  expect(patch).toMatchObject({ state: 'made', attempts: expect.toSatisfy((attempts: number) => attempts >= 2) })
  expect(Number(patch?.size)).toBeLessThan(100_000)
  const [told] = await server.ask('select fetched_bytes, fetched_how from fleet.outcome where release_id = $1', [next.id])
  expect(told, log).toEqual({ fetched_bytes: patch?.size, fetched_how: 'patch' })
  expect(await readdir(join(server.dataDir, 'artifacts/patches'))).toHaveLength(1)
}, 300_000)
