// Somebody who stole keys of a live Fairway and signs with them; and the vendor's offline hands, which do the same rightly.
import { createHash } from 'node:crypto'
import {
  DIRECTOR,
  signDocument,
  tufKeyOf,
  type RootDocument,
  type Signer,
  type SnapshotDocument,
  type TargetsDocument,
  type TimestampDocument,
  type TufDocument,
  type TufEnvelope,
} from '@fairway/trust'
import { createSecrets } from '../../server/src/platform/secrets.ts'
import { TEST_SECRET, type TestFairway } from '../../server/src/testing/open-fairway.ts'
import type { TamperingProxy } from './tampering-proxy.ts'

export const STABLE = 'channel-stable'

/** Newer than anything that the live server has signed. */
const AHEAD = 1000

export interface Loot {
  signers: Record<string, Signer[]>
  root: TufEnvelope<RootDocument>
  targets: TufEnvelope<TargetsDocument>
  channel: TufEnvelope<TargetsDocument>
  snapshot: TufEnvelope<SnapshotDocument>
  timestamp: TufEnvelope<TimestampDocument>
}

/** Reads the database and knows the secret: every online key is open to them. */
export async function steal(fairway: TestFairway, { productId, base }: { productId: string; base: string }): Promise<Loot> {
  const read = async <Envelope>(file: string) =>
    (await (await fetch(`${base}/updates/tuf/${productId}/metadata/${file}`)).json()) as Envelope
  const timestamp = await read<Loot['timestamp']>('timestamp.json')
  const snapshot = await read<Loot['snapshot']>(`${timestamp.signed.meta['snapshot.json'].version}.snapshot.json`)
  const versioned = (role: string) => `${snapshot.signed.meta[`${role}.json`]?.version}.${role}.json`
  const root = await read<Loot['root']>('1.root.json')
  const targets = await read<Loot['targets']>(versioned('targets'))
  const keys = await openKeys(fairway, productId)
  const role = (name: string) => targets.signed.delegations?.roles.find((one) => one.name === name)?.keyids ?? []
  const of = (keyids: string[]) => keyids.flatMap((keyid) => keys[keyid] ?? [])
  const { root: roots, targets: top, snapshot: snapshots, timestamp: timestamps } = root.signed.roles
  return {
    root,
    targets,
    snapshot,
    timestamp,
    channel: await read<Loot['channel']>(versioned(STABLE)),
    signers: {
      root: of(roots.keyids),
      targets: of(top.keyids),
      snapshot: of(snapshots.keyids),
      timestamp: of(timestamps.keyids),
      channel: of(role(STABLE)),
      director: of(role(DIRECTOR)),
    },
  }
}

async function openKeys({ db }: TestFairway, productId: string): Promise<Record<string, Signer>> {
  const secrets = createSecrets(TEST_SECRET)
  const rows = await db.selectFrom('delivery.trust_key').selectAll().where('product_id', '=', productId).execute()
  return Object.fromEntries(
    rows.flatMap(({ keyid, public_key: publicKey, private_key }) =>
      private_key === null
        ? []
        : [[keyid, { publicKey, privateKey: secrets.unwrap(`trust-key:${productId}:${keyid}`, private_key) }]],
    ),
  )
}

/** What is signed otherwise than it is; `signers` in place of the stolen keys. */
export interface Forgery {
  root?: Partial<RootDocument>
  targets?: Partial<TargetsDocument>
  channel?: Partial<TargetsDocument>
  snapshot?: Partial<SnapshotDocument>
  timestamp?: Partial<TimestampDocument>
  signers?: Record<string, Signer[]>
}

/** Puts a whole chain of newer documents into the proxy, each signed by the keys that may. A root only where one is forged. */
export function forge({ tampers }: TamperingProxy, loot: Loot, forgery: Forgery): void {
  const signers = { ...loot.signers, ...forgery.signers }
  const put = (file: string, role: string, signed: TufDocument) => {
    const bytes = Buffer.from(JSON.stringify(signDocument(signed, signers[role] ?? [])))
    tampers.set(`/metadata/${file}`, (response) => response.end(bytes))
    return bytes
  }
  const version = (document: TufDocument) => document.version + AHEAD
  if (forgery.root) put('2.root.json', 'root', { ...loot.root.signed, version: 2, ...forgery.root })
  const targets = { ...loot.targets.signed, version: version(loot.targets.signed), ...forgery.targets }
  const channel = { ...loot.channel.signed, version: version(loot.channel.signed), ...forgery.channel }
  put(`${targets.version}.targets.json`, 'targets', targets)
  put(`${channel.version}.${STABLE}.json`, 'channel', channel)
  const meta = {
    ...loot.snapshot.signed.meta,
    'targets.json': { version: targets.version },
    [`${STABLE}.json`]: { version: channel.version },
  }
  const snapshot = { ...loot.snapshot.signed, version: version(loot.snapshot.signed), meta, ...forgery.snapshot }
  const bytes = put(`${snapshot.version}.snapshot.json`, 'snapshot', snapshot)
  const named = {
    version: snapshot.version,
    length: bytes.length,
    hashes: { sha256: createHash('sha256').update(bytes).digest('hex') },
  }
  put('timestamp.json', 'timestamp', {
    ...loot.timestamp.signed,
    version: version(loot.timestamp.signed),
    meta: { 'snapshot.json': named },
    ...forgery.timestamp,
  })
}

/** A root that names other keys for a role. */
export function rootWith(
  { root }: Loot,
  role: keyof RootDocument['roles'],
  { keys, threshold = 1 }: { keys: Signer[]; threshold?: number },
) {
  const named = keys.map(({ publicKey }) => tufKeyOf(publicKey))
  return {
    keys: { ...root.signed.keys, ...Object.fromEntries(named.map(({ keyid, key }) => [keyid, key])) },
    roles: { ...root.signed.roles, [role]: { keyids: named.map(({ keyid }) => keyid), threshold } },
  }
}
