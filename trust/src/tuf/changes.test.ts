// What a person reads before signing: every difference in a sentence, nothing left out.
import { expect, test } from 'vitest'
import { createSigningKey } from '../signing-key.ts'
import { describeChanges } from './changes.ts'
import { headOf, type RootDocument, type TargetsDocument } from './documents.ts'
import { tufKeyOf } from './key.ts'

const aKey = () => tufKeyOf(createSigningKey().publicKey)
const [one, two, three] = [aKey(), aKey(), aKey()]
const head = { version: 2, expires: new Date('2027-01-01T00:00:00Z') }
const role = (keys: { keyid: string }[], threshold = 1) => ({ keyids: keys.map(({ keyid }) => keyid), threshold })
const UNTIL = 'Valid until 2027-01-01T00:00:00Z (the one before: 2027-01-01T00:00:00Z).'

function aRoot(keys: { keyid: string; key: typeof one.key }[], threshold = 1): RootDocument {
  const rest = role([one])
  return {
    ...headOf('root', head),
    consistent_snapshot: true,
    keys: Object.fromEntries([one, ...keys].map(({ keyid, key }) => [keyid, key])),
    roles: { root: role(keys, threshold), targets: rest, snapshot: rest, timestamp: rest },
  }
}

function aChannel(targets: TargetsDocument['targets']): TargetsDocument {
  return { ...headOf('targets', head), targets }
}

test('keys and thresholds of a root', () => {
  expect(describeChanges(aRoot([two, three], 2), aRoot([one]))).toEqual([
    `root: key ${two.keyid} is added (public key ${two.key.keyval.public}).`,
    `root: key ${three.keyid} is added (public key ${three.key.keyval.public}).`,
    `root: key ${one.keyid} is removed.`,
    'root: 2 of 2 must sign (before: 1 of 1 must sign).',
    UNTIL,
  ])
})

test('a key that hides under the name of another', () => {
  const hidden = aRoot([one])
  hidden.keys[one.keyid] = two.key

  expect(describeChanges(hidden, aRoot([one])).join()).toContain(two.key.keyval.public)
})

test('files: added, gone, exchanged, and what may go back', () => {
  const file = (sha256: string, custom?: Record<string, unknown>) => ({
    length: 5,
    hashes: { sha256 },
    ...(custom && { custom }),
  })

  expect(
    describeChanges(
      aChannel({ 'stable/1/a': file('x'), 'stable/2/a': file('y'), 'stable/3/a': file('z', { replaces: ['re_1'] }) }),
      aChannel({ 'stable/0/a': file('v'), 'stable/1/a': file('w'), 'stable/3/a': file('z') }),
    ),
  ).toEqual([
    'stable/0/a is no longer offered.',
    'stable/1/a IS ANOTHER FILE NOW: 5 bytes, sha256 x.',
    'stable/2/a is added: 5 bytes, sha256 y.',
    'stable/3/a: other words about the same file; one newer release may go back to it.',
    UNTIL,
  ])
})

test('roles: new ones, wider ones, and ones that end', () => {
  const named = (roles: { name: string; paths: string[] }[]): TargetsDocument => ({
    ...aChannel({}),
    delegations: { keys: { [one.keyid]: one.key }, roles: roles.map((each) => ({ ...each, ...role([one]), terminating: true })) },
  })

  expect(
    describeChanges(
      named([
        { name: 'channel-beta', paths: ['beta/*/*'] },
        { name: 'channel-stable', paths: ['*/*/*'] },
      ]),
      named([
        { name: 'channel-old', paths: ['old/*/*'] },
        { name: 'channel-stable', paths: ['stable/*/*'] },
      ]),
    ),
  ).toEqual([
    'channel-old: signs nothing any more.',
    'channel-beta: a new role, for beta/*/*.',
    `channel-beta: key ${one.keyid} is added (public key ${one.key.keyval.public}).`,
    'channel-beta: 1 of 1 must sign.',
    'channel-stable: signs for */*/* (before: stable/*/*).',
    UNTIL,
  ])
})

test('a renewal', () => {
  expect(describeChanges(aRoot([one]), aRoot([one]))).toEqual(['Nothing changes but version and time.', UNTIL])
})
