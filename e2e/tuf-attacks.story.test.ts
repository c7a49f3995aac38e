// The known attacks, against a live Fairway behind a proxy that lies: refused by our agent and by a plain tuf-js client alike.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSigningKey, DIRECTOR, signDirection, tufKeyOf, type TufTarget } from '@fairway/trust'
import { Updater } from 'tuf-js'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { checkIn } from '../agent/src/check.ts'
import { enroll } from '../agent/src/enroll.ts'
import type { Identity } from '../agent/src/identity.ts'
import { makeLayout } from '../agent/src/layout.ts'
import { createQuietAgent } from '../agent/src/testing/believer.ts'
import { startAgent } from '../agent/src/testing/installation.ts'
import { readState, saveState } from '../agent/src/state.ts'
import { consult } from '../agent/src/trust/consult.ts'
import { judgeOffer } from '../agent/src/trust/judge-offer.ts'
import { openFairway, type TestFairway } from '../server/src/testing/open-fairway.ts'
import { anOrganisation, aStaff } from '../server/src/testing/people.ts'
import { aProduct, aRelease, aRollout, send, type MadeRelease } from '../server/src/testing/releases.ts'
import { createTamperingProxy, type TamperingProxy } from './tuf/tampering-proxy.ts'
import { forge, type Forgery, type Loot, rootWith, STABLE, steal } from './tuf/thief.ts'

const productId = 'till'
const past = '2026-01-01T00:00:00Z'
const stranger = createSigningKey()

let fairway: TestFairway
let proxy: TamperingProxy
let base = ''
let vendor: Record<string, string>
let organisationId = ''
let fingerprint = ''
let releases: MadeRelease[] = []
let rollouts: string[] = []
let recorded: Buffer
let loot: Loot
let identity: Identity
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairway-attacks-'))
  proxy = await createTamperingProxy()
  fairway = await openFairway({ publicUrl: proxy.url })
  base = await fairway.http.listen({ host: '127.0.0.1', port: 0 })
  proxy.passTo(base)
  vendor = (await aStaff(fairway, ['administrator'])).headers
  organisationId = (await anOrganisation(fairway)).id
  fingerprint = (await aProduct(fairway, vendor, { id: productId, isPublic: true })).fingerprint
  await send(fairway, vendor, { method: 'PUT', url: `/api/v1/organisations/${organisationId}/entitlements/${productId}/stable` })
  await rollOut('1.0.0')
  recorded = await live('timestamp.json')
  await rollOut('1.1.0')
  loot = await steal(fairway, { productId, base })
  identity = await anEnrolled(await aFolder())
})
afterEach(() => proxy.tampers.clear())
afterAll(async () => {
  await fairway.close()
  await proxy.close()
  await rm(folder, { recursive: true, force: true })
})

async function rollOut(version: string): Promise<void> {
  const release = await aRelease(fairway, vendor, { productId, version, platform: process.platform, arch: process.arch })
  const { id } = await aRollout(fairway, vendor, { releaseId: release.id, steps: [{ percent: 100, bakeSeconds: 0 }] })
  releases = [...releases, release]
  rollouts = [...rollouts, id]
  await until(async () => (await live('timestamp.json')).length > 0 && (await isSigned(release)))
}

async function isSigned(release: MadeRelease): Promise<boolean> {
  const { repositories } = await fairway.delivery.readSnapshot()
  const targets = repositories.find((one) => one.productId === productId)?.targets
  return targets?.has(pathOf(release)) === true && (await findPlainly(pathOf(release))) !== undefined
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < 400; round++) {
    if (await isSo()) return
    await fairway.settle()
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('It did not come to be so.')
}

async function live(file: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(`${base}/updates/tuf/${productId}/metadata/${file}`)).arrayBuffer())
}

const pathOf = ({ version, artifacts }: MadeRelease) => `stable/${version}/${artifacts[0]?.name}`
const [first, second] = [() => releases[0]!, () => releases[1]!]

let count = 0
async function aFolder(): Promise<string> {
  const path = join(folder, String(count++))
  await mkdir(path)
  return path
}

/** As anybody would set it up: nothing of ours in it. */
async function aPlainClient(through: string, fetchTimeout = 10_000) {
  const dir = await aFolder()
  await writeFile(join(dir, 'root.json'), await live('1.root.json'))
  const at = `${through}/updates/tuf/${productId}`
  return () =>
    new Updater({
      metadataDir: dir,
      metadataBaseUrl: `${at}/metadata`,
      targetDir: dir,
      targetBaseUrl: `${at}/targets`,
      config: { fetchRetry: 0, fetchTimeout },
    })
}

async function findPlainly(path: string) {
  return (await aPlainClient(base))().getTargetInfo(path)
}

async function anEnrolled(dir: string) {
  const url = '/api/v1/enrolments'
  const wish = { organisationId, productId, channel: 'stable', name: `till-${count}` }
  const { token } = await send<{ token: string }>(fairway, vendor, { method: 'POST', url, payload: wish })
  return enroll({ server: proxy.url, token, fingerprint, dir })
}

/** With an empty memory; of one installation, unless told otherwise. */
async function anAgent(who: Identity = identity) {
  const agent = createQuietAgent(await aFolder(), who)
  await makeLayout(agent.layout)
  return agent
}

type Agent = Awaited<ReturnType<typeof anAgent>>

async function offerFor(agent: Agent) {
  const state = await readState(agent.layout.stateFile)
  const answer = await checkIn(agent.session, { state, health: 'healthy', isBootstrapped: true })
  if (answer.decision !== 'update') throw new Error(`The server offers nothing: ${JSON.stringify(answer)}`)
  return answer
}

async function agentFinds(agent: Agent, path: string, limitMs: number): Promise<string> {
  try {
    const consulted = await consult(agent, ({ find }) => find(path), limitMs)
    return consulted.ok ? `${consulted.answer?.length} bytes` : `${consulted.code} ${consulted.reason}`
  } catch (error) {
    return `${(error as { code: string }).code} ${String(error)}`
  }
}

const answerWith = (file: string, bytes: Buffer) => proxy.tampers.set(`/metadata/${file}`, (response) => response.end(bytes))
const forging = (how: (stolen: Loot) => Forgery) => () => forge(proxy, loot, how(loot))
const versionOf = { snapshot: () => loot.snapshot.signed.version, channel: () => loot.channel.signed.version }

const attacks: [name: string, attack: () => unknown, agent: RegExp, plain: RegExp][] = [
  [
    'rollback: an older timestamp',
    () => answerWith('timestamp.json', recorded),
    /trust.metadata_wrong.*is less than/,
    /less than current/,
  ],
  [
    'rollback: a stolen timestamp key names an older snapshot',
    forging(({ timestamp }) => ({
      timestamp: { meta: { 'snapshot.json': { ...timestamp.signed.meta['snapshot.json'], version: 1 } } },
    })),
    /trust.metadata_wrong.*snapshot version 1 is less than/,
    /less than current/,
  ],
  [
    'rollback: a stolen snapshot key names an older channel',
    forging(({ snapshot }) => ({ snapshot: { meta: { ...snapshot.signed.meta, [`${STABLE}.json`]: { version: 1 } } } })),
    /trust.metadata_wrong.*channel-stable.json is less than/,
    /less than current/,
  ],
  [
    'freeze: an expired timestamp',
    forging(() => ({ timestamp: { expires: past } })),
    /trust.metadata_expired.*\(timestamp\) expired at 2026-01.*clock/,
    /timestamp.json is expired/,
  ],
  [
    'an expired snapshot',
    forging(() => ({ snapshot: { expires: past } })),
    /trust.metadata_expired.*\(snapshot\)/,
    /snapshot.json is expired/,
  ],
  [
    'expired targets',
    forging(() => ({ targets: { expires: past } })),
    /trust.metadata_expired.*\(targets\)/,
    /targets.json is expired/,
  ],
  [
    'an expired channel',
    forging(() => ({ channel: { expires: past } })),
    /trust.metadata_expired.*\(channel-stable\)/,
    /channel-stable.json is expired/,
  ],
  ['an expired root', forging(() => ({ root: { expires: past } })), /trust.metadata_expired.*\(root\)/, /root.json is expired/],
  [
    'mix and match: a channel of another version than the snapshot names',
    async () => answerWith(`${versionOf.channel()}.${STABLE}.json`, await live(`${versionOf.channel() - 1}.${STABLE}.json`)),
    /trust.metadata_wrong.*does not match snapshot version/,
    /does not match snapshot version/,
  ],
  [
    'mix and match: a snapshot of another version than the timestamp names',
    async () => answerWith(`${versionOf.snapshot()}.snapshot.json`, await live(`${versionOf.snapshot() - 1}.snapshot.json`)),
    /trust.metadata_wrong.*Expected (length|hash)/,
    /Expected (length|hash)/,
  ],
  [
    'a wrong length',
    () => change(`${versionOf.snapshot()}.snapshot.json`, (text) => `${text} `),
    /answer.too_big/,
    /Max length reached/,
  ],
  [
    'endless data instead of a timestamp',
    () => proxy.tampers.set('/timestamp.json', pourForEver),
    /answer.too_big/,
    /Max length reached/,
  ],
  [
    'endless data instead of a root',
    () => proxy.tampers.set('/2.root.json', pourForEver),
    /answer.too_big/,
    /Max length reached/,
  ],
  ['slow retrieval: a byte now and then', () => proxy.tampers.set('/timestamp.json', trickle), /server.slow/, /timeout|aborted/i],
  [
    'tampered metadata',
    () => change(`${versionOf.channel()}.${STABLE}.json`, (text) => text.replace('"sequence":2', '"sequence":9')),
    /trust.metadata_wrong.*channel-stable was signed by 0\/1/,
    /signed by 0\/1/,
  ],
  [
    'metadata of a stranger',
    forging(() => ({ signers: { timestamp: [stranger] } })),
    /trust.metadata_wrong.*timestamp was signed by 0\/1/,
    /signed by 0\/1/,
  ],
  [
    'a retired key: the root has named another, and the old one signs on',
    forging((stolen) => ({ root: rootWith(stolen, 'timestamp', { keys: [stranger] }) })),
    /trust.metadata_wrong.*timestamp was signed by 0\/1/,
    /signed by 0\/1/,
  ],
  [
    'below the threshold: the root wants two, one has signed',
    forging((stolen) => ({
      root: rootWith(stolen, 'targets', { keys: [stolen.signers['targets']![0]!, stranger], threshold: 2 }),
    })),
    /trust.metadata_wrong.*targets was signed by 1\/2/,
    /signed by 1\/2/,
  ],
  [
    'a root that the pinned one did not sign',
    forging((stolen) => ({ root: rootWith(stolen, 'root', { keys: [stranger] }), signers: { root: [stranger] } })),
    /trust.metadata_wrong.*root was signed by 0\/1/,
    /signed by 0\/1/,
  ],
]

describe('a network, or a thief of online keys, cannot make clients believe', () => {
  test.for(attacks)('%s', async ([name, attack, agentSays, plainSays]) => {
    const limitMs = name.startsWith('slow') ? 500 : 10_000
    const [agent, open] = [await anAgent(), await aPlainClient(proxy.url, limitMs)]
    const bothFind = async () => [
      await agentFinds(agent, pathOf(second()), 10_000),
      (await open().getTargetInfo(pathOf(second())))?.length,
    ]
    // What clients have seen already they do not fetch again: these meet them when it is new.
    const isAtFirstSight = /^(mix|a wrong length|tampered)/.test(name)
    if (!isAtFirstSight) expect(await bothFind()).toEqual(['2000 bytes', 2000])

    await attack()

    expect(await agentFinds(agent, pathOf(second()), limitMs)).toMatch(agentSays)
    await expect(open().getTargetInfo(pathOf(second()))).rejects.toThrow(plainSays)
    proxy.tampers.clear()
    if (isAtFirstSight) expect(await bothFind()).toEqual(['2000 bytes', 2000])
  })

  test('a tampered target: the real agent installs nothing, and installs once it is genuine; a plain client refuses it too', async () => {
    const dir = await aFolder()
    await anEnrolled(dir)
    await writeFile(join(dir, 'agent.json'), JSON.stringify({ start: ['true'], stop: ['true'], health: { command: ['true'] } }))
    const once = () => startAgent(['run', '--once', '--dir', dir]).ended
    const flip = (_response: unknown, bytes: Buffer) => Buffer.concat([Buffer.from([(bytes[0] ?? 0) ^ 1]), bytes.subarray(1)])
    const { artifacts } = second()
    for (const end of [`/artifacts/${artifacts[0]?.id}`, `${artifacts[0]?.sha256}.${artifacts[0]?.name}`])
      proxy.tampers.set(end, (response, bytes) => response.end(flip(response, bytes)))

    const open = await aPlainClient(proxy.url)
    const target = await open().getTargetInfo(pathOf(second()))
    await expect(open().downloadTarget(target!)).rejects.toThrow(/Expected hash/)
    const wrong = await once()
    proxy.tampers.clear()
    const right = await once()

    expect([wrong.code, right.code], wrong.log + right.log).toEqual([6, 0])
    expect(wrong.log).toContain('digest differs')
    const status = JSON.parse((await startAgent(['status', '--json', '--dir', dir]).ended).out)
    expect(status).toMatchObject({ version: '1.1.0', trust: { format: 2, rootVersion: 1 } })
  })
})

describe('a stolen server cannot make an installation run', () => {
  const director = () => loot.signers['director']![0]!
  const hourLater = () => new Date(Date.now() + 3_600_000)
  const directed = (agent: Agent, wish: { path: string; target: TufTarget; version?: number }) => {
    const word = { installationId: agent.identity.installationId, version: 2 ** 40, expires: hourLater(), ...wish }
    return { manifest: undefined, direction: signDirection(word, director()), url: '/updates/v1/artifacts/ar_x' }
  }
  const targetOf = ({ version, artifacts }: MadeRelease) =>
    loot.channel.signed.targets[`stable/${version}/${artifacts[0]?.name}`]!
  const running = { releaseId: 're_x', version: '1.1.0', sequence: 2, folder: '1.1.0_re_x' }

  test('what was directed to another installation', async () => {
    const [agent, other] = [await anAgent(), await anAgent(await anEnrolled(await aFolder()))]

    expect(await judgeOffer(agent, await offerFor(agent))).toMatchObject({ ok: true, target: { version: '1.1.0' } })
    expect(await judgeOffer(agent, await offerFor(other))).toMatchObject({ code: 'direction.for_another' })
  })

  test('what was directed before something newer', async () => {
    const agent = await anAgent()
    const old = await offerFor(agent)
    const newer = directed(agent, { path: pathOf(first()), target: targetOf(first()) })

    expect(await judgeOffer(agent, newer)).toMatchObject({ ok: true })
    expect(await judgeOffer(agent, old)).toMatchObject({ code: 'direction.replayed' })
  })

  test('what a retired director says', async () => {
    const agent = await anAgent()
    const offer = await offerFor(agent)
    const { keyid, key } = tufKeyOf(stranger.publicKey)
    const { keys = {}, roles = [] } = loot.targets.signed.delegations ?? {}
    const replaced = roles.map((role) => (role.name === DIRECTOR ? { ...role, keyids: [keyid] } : role))
    forge(proxy, loot, { targets: { delegations: { keys: { ...keys, [keyid]: key }, roles: replaced } } })

    expect(await judgeOffer(agent, offer)).toMatchObject({ code: 'direction.signature_wrong' })
  })

  test('a release that it made up', async () => {
    const agent = await anAgent()
    const target = { length: 1, hashes: { sha256: '0'.repeat(64) } }

    expect(await judgeOffer(agent, directed(agent, { path: 'stable/6.6.6/evil', target }))).toMatchObject({
      code: 'trust.not_genuine',
    })
    expect(await judgeOffer(agent, directed(agent, { path: pathOf(second()), target }))).toMatchObject({
      code: 'trust.not_genuine',
    })
    await expect(findPlainly('stable/6.6.6/evil')).resolves.toBeUndefined()
  })

  test('an offer of the old kind', async () => {
    const agent = await anAgent()

    expect(await judgeOffer(agent, { ...(await offerFor(agent)), direction: undefined })).toMatchObject({
      code: 'trust.downgrade',
    })
  })

  test('an older release; but where the vendor sends everybody back, it follows', async () => {
    const agent = await anAgent()
    const current = { ...running, releaseId: second().id }
    await saveState(agent.layout.stateFile, { ...(await readState(agent.layout.stateFile)), current, highestSequence: 2 })
    const older = directed(agent, { path: pathOf(first()), target: targetOf(first()), version: 1 })
    expect(await judgeOffer(agent, older)).toMatchObject({ code: 'offer.sequence_stale' })
    const payload = { reason: 'It eats receipts.' }
    await send(fairway, vendor, { method: 'POST', url: `/api/v1/rollouts/${rollouts[1]}/roll-back`, payload })
    onTestFinished(
      async () => void (await send(fairway, vendor, { method: 'DELETE', url: `/api/v1/rollouts/${rollouts[1]}/roll-back` })),
    )

    await until(async () => (await offerFor(agent).catch(() => undefined)) !== undefined)
    expect(await judgeOffer(agent, await offerFor(agent))).toMatchObject({ ok: true, target: { version: '1.0.0', sequence: 1 } })
  })
})

function change(file: string, how: (text: string) => string): void {
  proxy.tampers.set(`/${file}`, (response, genuine) => response.end(how(genuine.toString())))
}

function pourForEver(response: ServerResponse): void {
  const pour = () => {
    while (response.write(' '.repeat(65_536)));
  }
  response.on('drain', pour)
  pour()
}

function trickle(response: ServerResponse): void {
  const timer = setInterval(() => response.write('{'), 20)
  response.on('close', () => clearInterval(timer))
}
