// Known attacks on update systems (TUF spec 1.0.33 §1.5, Uptane 2.1.0 §4): refused by the agent and by a plain tuf-js client alike.
import { createSigningKey, isSignedEnough, type RootDocument, type Signer, type TufEnvelope } from '@fairway/trust'
import type { ServerResponse } from 'node:http'
import { describe, expect, test, vi } from 'vitest'
import { aBeliever, type Believer } from '../testing/believer.ts'
import { rotate, type Repository } from '../testing/repository.ts'
import { signAll, signBelow, signRoot, signSnapshot, signTargets, signTimestamp, STABLE } from '../testing/sign-repository.ts'
import { consult } from './consult.ts'

vi.setConfig({ testTimeout: 20_000 })

const past = new Date('2026-01-01T00:00:00Z')
const stranger = createSigningKey()

type Attack = (repository: Repository, before: Map<string, Buffer>) => void

const attacks: [string, Attack, agent: RegExp, plain: RegExp][] = [
  [
    'rollback: an older timestamp',
    ({ files }, before) => files.set('timestamp.json', before.get('timestamp.json')!),
    /trust.metadata_wrong.*version 1 is less than/,
    /less than current version/,
  ],
  [
    'rollback: a new timestamp that names an older snapshot',
    (repository) => {
      repository.versions['snapshot'] = 1
      signTimestamp(repository)
    },
    /trust.metadata_wrong.*snapshot version 1 is less than/,
    /less than current version/,
  ],
  [
    'rollback: a new snapshot that names an older channel',
    (repository) => {
      repository.versions[STABLE] = 1
      signSnapshot(repository)
      signTimestamp(repository)
    },
    /trust.metadata_wrong.*of channel-stable.json is less than/,
    /less than current version/,
  ],
  [
    'freeze: a timestamp that expired',
    (it) => expire(it, 'timestamp'),
    /trust.metadata_expired.*2026-01-01T00:00:00Z.*clock/,
    /timestamp.json is expired/,
  ],
  [
    'an expired snapshot',
    (it) => expire(it, 'snapshot'),
    /trust.metadata_expired.*\(snapshot\) expired at 2026-01/,
    /snapshot.json is expired/,
  ],
  ['expired targets', (it) => expire(it, 'targets'), /trust.metadata_expired.*\(targets\)/, /targets.json is expired/],
  [
    'an expired channel',
    (it) => expire(it, STABLE),
    /trust.metadata_expired.*\(channel-stable\)/,
    /channel-stable.json is expired/,
  ],
  ['an expired root', (it) => expire(it, 'root'), /trust.metadata_expired.*\(root\) expired at 2026-01/, /root.json is expired/],
  [
    'mix and match: targets of another version than the snapshot names',
    ({ files, versions }) => files.set(`${versions['targets']}.targets.json`, files.get('1.targets.json')!),
    /trust.metadata_wrong.*does not match snapshot version/,
    /does not match snapshot version/,
  ],
  [
    'mix and match: a channel of another version than the snapshot names',
    ({ files, versions }) => files.set(`${versions[STABLE]}.${STABLE}.json`, files.get(`1.${STABLE}.json`)!),
    /trust.metadata_wrong.*does not match snapshot version/,
    /does not match snapshot version/,
  ],
  [
    'mix and match: a snapshot of another version than the timestamp names',
    ({ files, versions }) => files.set(`${versions['snapshot']}.snapshot.json`, files.get('1.snapshot.json')!),
    /trust.metadata_wrong.*Expected (length|hash)/,
    /Expected (length|hash)/,
  ],
  ['a length that is too long', (it) => change(it, 'snapshot', (text) => `${text} `), /answer.too_big/, /Max length reached/],
  [
    'a length that is too short',
    (it) => change(it, 'snapshot', (text) => text.slice(0, -1)),
    /trust.metadata_wrong.*Expected length/,
    /Expected length/,
  ],
  [
    'endless data instead of a timestamp',
    (it) => it.special.set('metadata/timestamp.json', pourForEver),
    /answer.too_big/,
    /Max length reached/,
  ],
  [
    'endless data instead of a root',
    (it) => it.special.set('metadata/2.root.json', pourForEver),
    /answer.too_big/,
    /Max length reached/,
  ],
  [
    'endless data instead of targets',
    (it) => it.special.set(`metadata/${it.versions['targets']}.targets.json`, pourForEver),
    /answer.too_big/,
    /Max length reached/,
  ],
  [
    'slow retrieval: a byte now and then',
    (it) => it.special.set('metadata/timestamp.json', trickle),
    /server.slow/,
    /timeout|aborted/i,
  ],
  [
    'slow retrieval: an answer that never comes',
    (it) => it.special.set('metadata/timestamp.json', () => undefined),
    /server.slow/,
    /timeout|aborted/i,
  ],
  [
    'tampered metadata: targets that say more than was signed',
    (it) =>
      change(it, 'targets', (text) =>
        text.replace('"targets":{}', '"targets":{"stable/9.9.9/till":{"length":1,"hashes":{"sha256":"00"}}}'),
      ),
    /trust.metadata_wrong.*signed by 0\/1/,
    /signed by 0\/1/,
  ],
  ['tampered metadata: what is no JSON', (it) => change(it, 'targets', () => '{'), /trust.metadata_wrong/, /JSON/],
  [
    'metadata of a stranger',
    (it) => resign(it, 'timestamp', [stranger]),
    /trust.metadata_wrong.*timestamp was signed by 0\/1/,
    /signed by 0\/1/,
  ],
  [
    'a channel of a stranger',
    (it) => resign(it, STABLE, [stranger]),
    /trust.metadata_wrong.*channel-stable was signed by 0\/1/,
    /signed by 0\/1/,
  ],
  [
    'a retired key',
    (it) => rotateThenSignWithOld(it, 'timestamp'),
    /trust.metadata_wrong.*timestamp was signed by 0\/1/,
    /signed by 0\/1/,
  ],
  [
    'a retired key of the targets',
    (it) => rotateThenSignWithOld(it, 'targets'),
    /trust.metadata_wrong.*targets was signed by 0\/1/,
    /signed by 0\/1/,
  ],
  [
    'below the threshold',
    (it) => {
      const [first, second] = [createSigningKey(), createSigningKey()]
      it.signers['targets'] = [first]
      rotate(it, { targets: [first, second] }, { targets: 2 })
    },
    /trust.metadata_wrong.*targets was signed by 1\/2/,
    /signed by 1\/2/,
  ],
  [
    'a root below the threshold of its own keys',
    (it) => {
      it.signers['root'] = it.keys['root']
      rotate(it, { root: [it.keys['root']![0]!, stranger] }, { root: 2 })
    },
    /trust.metadata_wrong.*root was signed by 1\/2/,
    /signed by 1\/2/,
  ],
  [
    'a root that the root before it did not sign',
    (it) => {
      it.signers['root'] = [stranger]
      rotate(it, { root: [stranger] })
    },
    /trust.metadata_wrong.*root was signed by 0\/1/,
    /signed by 0\/1/,
  ],
  [
    'a root that skips a version',
    (it) => {
      signRoot(it)
      it.files.set('2.root.json', Buffer.from(it.files.get('2.root.json')!.toString()))
      signRoot(it)
      it.files.set('2.root.json', it.files.get('3.root.json')!)
    },
    /trust.metadata_wrong.*Expected version 2, got 3/,
    /Expected version 2/,
  ],
  [
    'metadata that are withheld',
    ({ files, versions }) => files.delete(`${versions['snapshot']}.snapshot.json`),
    /tuf.none/,
    /Failed to download|404/,
  ],
]

describe.concurrent('an attack is refused by both clients, and leaves nothing behind', () => {
  test.for(attacks)('%s', async ([name, attack, agentSays, plainSays]) => {
    await using it = await aBeliever()
    const before = new Map(it.repository.files)
    const path = it.publish()
    const limitMs = name.startsWith('slow') ? 300 : 10_000
    const plain = await it.plainClient(limitMs)
    expect([await agentFinds(it, path), (await plain.find(path))?.length]).toEqual(['8 bytes', 8])
    const wanted = it.publish({ version: '1.1.0', releaseId: 're_2', sequence: 2 })
    const genuine = { ...it.repository.keys }
    signAll(it.repository)

    attack(it.repository, before)

    expect(await agentFinds(it, wanted, limitMs)).toMatch(agentSays)
    await expect(plain.find(wanted)).rejects.toThrow(plainSays)
    heal(it.repository, genuine)
    expect([await agentFinds(it, wanted), (await plain.find(wanted))?.length]).toEqual(['8 bytes', 8])
  })
})

async function agentFinds({ agent }: Believer, path: string, limitMs = 10_000): Promise<string> {
  try {
    const consulted = await consult(agent, ({ find }) => find(path), limitMs)
    return consulted.ok ? `${consulted.answer?.length} bytes` : `${consulted.code} ${consulted.reason}`
  } catch (error) {
    return `${(error as { code: string }).code} ${String(error)}`
  }
}

/** The vendor is back at the keys: whatever was attacked is signed anew, with higher versions than anything that was shown. */
function heal(repository: Repository, keys: Record<string, Signer[]>): void {
  const isRootGenuine = isGenuineRoot(repository.files)
  repository.special.clear()
  repository.signers = {}
  repository.expires = {}
  for (const role of ['targets', 'snapshot', 'timestamp', STABLE])
    repository.versions[role] = 20 + (repository.versions[role] ?? 0)
  if (!isRootGenuine) {
    repository.files.delete('2.root.json')
    repository.versions['root'] = 1
    repository.keys = keys
    repository.thresholds = {}
  }
  signRoot(repository)
  signAll(repository)
}

function isGenuineRoot(files: Map<string, Buffer>): boolean {
  const [first, second] = [1, 2].map((version) => JSON.parse(String(files.get(`${version}.root.json`) ?? 'null')))
  const isSignedBy = ({ signed }: TufEnvelope<RootDocument>) => isSignedEnough(second, signed.roles.root, signed.keys)
  return second === null || (second.signed.version === 2 && isSignedBy(first) && isSignedBy(second))
}

function expire(repository: Repository, role: string): void {
  repository.expires[role] = past
  if (role === 'root') signRoot(repository)
  signAll(repository)
}

function change({ files, versions }: Repository, role: string, how: (text: string) => string): void {
  const name = `${versions[role]}.${role}.json`
  files.set(name, Buffer.from(how(files.get(name)!.toString())))
}

function resign(repository: Repository, role: string, signers: Signer[]): void {
  repository.signers[role] = signers
  if (role === 'targets') signTargets(repository)
  signBelow(repository)
}

function rotateThenSignWithOld(repository: Repository, role: string): void {
  const old = repository.keys[role]!
  rotate(repository, { [role]: [createSigningKey()] })
  resign(repository, role, old)
}

function pourForEver(response: ServerResponse): void {
  const pour = () => {
    while (response.write(' '.repeat(65_536)));
  }
  response.writeHead(200)
  response.on('drain', pour)
  pour()
}

function trickle(response: ServerResponse): void {
  response.writeHead(200)
  const timer = setInterval(() => response.write('{'), 20)
  response.on('close', () => clearInterval(timer))
}
