// Real agents against the real server, each killed with -9 at a step of its own: in the end the software is whole, and the server knows it, once.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { forwardSteps, switchSteps } from '../agent/src/plan.ts'
import { type Behaviour, packSoftware } from '../agent/src/testing/software.ts'
import { type AMachine, aMachine } from './crash/a-machine.ts'
import { type AServer, aServer, until } from './crash/a-server.ts'
import { sayFileIsDone } from './crash/kills.ts'
import { publish, rolloutState, startRollout } from './crash/ship.ts'
import { setStage, type Stage } from './crash/stage.ts'

/** Machines at work at the same time: each is three processes. */
const AT_ONCE = 3
const FORWARD = [...forwardSteps, ...switchSteps, 'report_healthy', 'keep_plain', 'sweep', 'close'].map(
  (step) => `${step}:before`,
)
const FORWARD_TOO = ['switch:after', 'start_new:after', 'commit:after']
const BACK = ['stop_new', 'switch_back', 'start_old', 'prove_old', 'settle_back', 'report_failed', 'report_rolled_back']

let server: AServer
let stage: Stage
let made = 0
beforeAll(async () => {
  server = await aServer()
  await server.start()
  stage = await setStage(server)
}, 120_000)
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  sayFileIsDone('agent')
}, 60_000)

async function aProduct() {
  const productId = `product-${(made += 1)}`
  await stage.admin.call('POST', '/products', { id: productId, name: productId })
  await stage.admin.call('PUT', `/organisations/${stage.organisationId}/entitlements/${productId}/stable`)
  return productId
}

/** To everybody at once. */
async function ship(productId: string, version: string, behaviour: Behaviour = 'good') {
  const { bytes, kind } = await packSoftware({ version, behaviour })
  const release = await publish(stage, { productId, version, bytes, kind })
  const rollout = await startRollout(stage, { releaseId: release.id, steps: [{ percent: 100, bakeSeconds: 0 }] })
  return { ...release, rollout, folder: `${version}_${release.id}` }
}

/** Before anybody is enrolled, so that nobody has to prove it. */
async function shipFirst(productId: string) {
  const first = await ship(productId, '1.0.0')
  await until('1.0.0 is the release of the channel', async () => (await rolloutState(stage, first.rollout)).state === 'complete')
  return first
}

async function forEach<Item>(items: Item[], work: (item: Item) => Promise<void>) {
  const queue = [...items]
  const takeNext = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, takeNext))
}

const reportsOf = async (machine: AMachine, releaseId: string) =>
  (
    await server.ask<{ kind: string }>(
      'select kind from fleet.report where installation_id = $1 and release_id = $2 order by position',
      [machine.installationId, releaseId],
    )
  ).map(({ kind }) => kind)

const knownOf = async ({ installationId }: AMachine, releaseId: string) =>
  (
    await server.ask<{ version: string | null; health: string; kind: string }>(
      `select version, health, kind from fleet.installation i join fleet.outcome o on o.installation_id = i.id where i.id = $1 and o.release_id = $2`,
      [installationId, releaseId],
    )
  )[0]

const outcome = (machine: AMachine, releaseId: string, expected: object) =>
  expect.poll(() => knownOf(machine, releaseId), { timeout: 10_000, message: machine.name }).toEqual(expected)

const installed = async (machine: AMachine) => {
  const end = await machine.once()
  expect(end.code, end.log).toBe(0)
}

test('killed at each step of an update: the new version runs', async () => {
  const productId = await aProduct()
  await shipFirst(productId)
  const machines: { machine: AMachine; moment: string }[] = []
  await forEach([...FORWARD, ...FORWARD_TOO], async (moment) => {
    const machine = await aMachine(stage, { productId, name: moment })
    machines.push({ machine, moment })
    await installed(machine)
  })
  const next = await ship(productId, '1.1.0')

  await forEach(machines, async ({ machine, moment }) => {
    await machine.crashAt(moment)
    await installed(machine)
  })

  for (const { machine } of machines) {
    const whole = { current: next.folder, answers: '1.1.0', journal: null, downloads: [], waiting: [] }
    expect(await machine.look(), machine.name).toEqual(whole)
    expect(await reportsOf(machine, next.id), machine.name).toEqual(['downloaded', 'installed', 'healthy'])
    await outcome(machine, next.id, { version: '1.1.0', health: 'healthy', kind: 'healthy' })
    await machine[Symbol.asyncDispose]()
  }
  await until('the rollout is complete', async () => (await rolloutState(stage, next.rollout)).state === 'complete')
})

describe('an update that does not start', () => {
  test('killed at each step of the way back: the old version runs, and the rollout halts', async () => {
    await forEach(BACK, async (step) => {
      const productId = await aProduct()
      const first = await shipFirst(productId)
      await using machine = await aMachine(stage, { productId, name: step })
      await installed(machine)
      const bad = await ship(productId, '1.1.0', 'does not start')

      await machine.crashAt(`${step}:before`)
      await machine.once()

      expect(await machine.look(), step).toEqual({
        current: first.folder,
        answers: '1.0.0',
        journal: null,
        downloads: [],
        waiting: [],
      })
      expect(await reportsOf(machine, bad.id), step).toEqual(['downloaded', 'failed', 'rolled_back'])
      await outcome(machine, bad.id, { version: '1.0.0', health: 'healthy', kind: 'rolled_back' })
      await until('its rollout halts', async () => (await rolloutState(stage, bad.rollout)).state === 'halted')
    })
  })

  test('killed while a first install is taken away: nothing runs, and nothing lies about', async () => {
    const productId = await aProduct()
    await using machine = await aMachine(stage, { productId, name: 'remove_current' })
    const bad = await ship(productId, '1.0.0', 'does not start')

    await machine.crashAt('remove_current:before')
    await machine.once()

    expect(await machine.look()).toEqual({ current: null, answers: null, journal: null, downloads: [], waiting: [] })
    expect(await reportsOf(machine, bad.id)).toEqual(['downloaded', 'failed'])
  })
})

test('killed after a download whose bytes were changed on the way: the old version runs, and it is told once', async () => {
  const productId = await aProduct()
  const first = await shipFirst(productId)
  await using machine = await aMachine(stage, { productId, name: 'settle_failure' })
  await installed(machine)
  const next = await ship(productId, '1.1.0')
  const file = join(server.dataDir, 'artifacts/sha256', next.sha256.slice(0, 2), next.sha256)
  await writeFile(file, (await readFile(file)).fill(0, 100))

  await machine.crashAt('settle_failure:before')
  await machine.once()

  expect(await machine.look()).toMatchObject({
    current: first.folder,
    answers: '1.0.0',
    journal: null,
    downloads: [],
    waiting: [],
  })
  expect(await reportsOf(machine, next.id)).toEqual(['failed'])
})

test('agent and server are killed at the same time: both go on where they stood', async () => {
  const productId = await aProduct()
  await shipFirst(productId)
  await using machine = await aMachine(stage, { productId, name: 'both' })
  await installed(machine)
  const next = await ship(productId, '1.1.0')

  const dying = server.crashAt({ kill: 'server', when: 'before', match: 'insert into fleet\\.report' })
  await machine.crashAt('sweep:before')
  await machine.once()
  await dying
  await server.start()
  await installed(machine)

  expect(await reportsOf(machine, next.id)).toEqual(['downloaded', 'installed', 'healthy'])
  await outcome(machine, next.id, { version: '1.1.0', health: 'healthy', kind: 'healthy' })
})
