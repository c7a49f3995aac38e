// The director's word: believed only by the installation that it names, in its time, never an older one again; and what a target says.
import { describe, expect, test } from 'vitest'
import { createSigningKey } from '../signing-key.ts'
import { manifestOfTarget, signDirection, verifyDirection, type Circumstances } from './direction.ts'
import { headOf, type TargetsDocument, type TufTarget } from './documents.ts'
import { tufKeyOf } from './key.ts'
import { DIRECTOR } from './paths.ts'
import { signDocument } from './sign.ts'

const [director, retired] = [createSigningKey(), createSigningKey()]
const { keyid, key } = tufKeyOf(director.publicKey)
const path = 'stable/1.1.0/till.zip'
const target: TufTarget = { length: 5, hashes: { sha256: 'a'.repeat(64), sha512: 'b'.repeat(128) } }
const now = new Date('2026-11-23T12:00:00Z')
const wish = { installationId: 'in_1', path, target, version: 7, expires: new Date('2026-11-24T12:00:00Z') }

const targets: TargetsDocument = {
  ...headOf('targets', { version: 1, expires: wish.expires }),
  targets: {},
  delegations: {
    keys: { [keyid]: key },
    roles: [{ name: DIRECTOR, keyids: [keyid], threshold: 1, paths: [], terminating: true }],
  },
}
const here: Circumstances = { targets, installationId: 'in_1', now, lastVersion: 7 }

describe('a direction', () => {
  test('names the target, with nothing of it but length and digests', () => {
    const direction = JSON.parse(JSON.stringify(signDirection({ ...wish, target: { ...target, custom: { a: 1 } } }, director)))

    expect(verifyDirection(direction, here)).toEqual({
      ok: true,
      path,
      target: { ...target, custom: { installationId: 'in_1' } },
      version: 7,
    })
  })

  test.each<[string, Partial<typeof wish>, Partial<Circumstances>, string]>([
    ['for another installation', { installationId: 'in_2' }, {}, 'for_another'],
    ['too late, to the second', {}, { now: wish.expires }, 'expired'],
    ['older than one that was believed', { version: 6 }, {}, 'replayed'],
    ['of a product without a director', {}, { targets: { ...targets, delegations: { keys: {}, roles: [] } } }, 'signature_wrong'],
    ['of a product without delegations', {}, { targets: { ...headOf('targets', wish), targets: {} } }, 'signature_wrong'],
  ])('is not believed: %s', (_name, change, circumstances, code) => {
    const direction = signDirection({ ...wish, ...change }, director)

    expect(verifyDirection(direction, { ...here, ...circumstances })).toMatchObject({ ok: false, code: `direction.${code}` })
  })

  test('signed by a retired key is not believed', () => {
    expect(verifyDirection(signDirection(wish, retired), here)).toMatchObject({ ok: false, code: 'direction.signature_wrong' })
  })

  test('that was changed on the way is not believed', () => {
    const direction = signDirection(wish, director)
    const changed = { ...direction, signed: { ...direction.signed, version: 8 } }

    expect(verifyDirection(changed, here)).toMatchObject({ ok: false, code: 'direction.signature_wrong' })
  })

  test('that has expired says both times', () => {
    const late = { ...here, now: new Date('2031-01-01T00:00:00Z') }

    expect(verifyDirection(signDirection(wish, director), late)).toMatchObject({
      reason: expect.stringMatching(/2026-11-24T12:00:00Z.*2031-01-01T00:00:00/),
    })
  })

  const good = signDirection(wish, director)
  const signedBut = (change: object) => signDocument({ ...good.signed, ...change } as TargetsDocument, [director])
  test.each<[string, unknown]>([
    ['nothing', null],
    ['text', 'x'],
    ['no signatures', { signed: good.signed }],
    ['a hundred signatures', { ...good, signatures: Array.from({ length: 100 }, () => good.signatures[0]) }],
    ['a signature that is none', { ...good, signatures: [{ keyid }] }],
    ['another document', signedBut({ _type: 'snapshot' })],
    ['no version', signedBut({ version: '7' })],
    ['no expiry', signedBut({ expires: 5 })],
    ['an expiry that is no time, which would never come', signedBut({ expires: 'never' })],
    ['no target', signedBut({ targets: {} })],
    ['two targets', signedBut({ targets: { [path]: target, other: target } })],
    ['a target that is none', signedBut({ targets: { [path]: null } })],
    ['a target without digests', signedBut({ targets: { [path]: { length: 5, custom: { installationId: 'in_1' } } } })],
  ])('of another shape is refused, signed or not: %s', (_name, value) => {
    expect(verifyDirection(value, here)).toMatchObject({ ok: false, code: 'direction.malformed' })
  })

  test('with a number that cannot be written canonically was signed by nobody', () => {
    expect(verifyDirection({ ...good, signed: { ...good.signed, extra: 0.5 } }, here)).toMatchObject({
      code: 'direction.signature_wrong',
    })
  })
})

describe('what a target says', () => {
  const custom = {
    format: 2,
    product: 'till',
    channel: 'stable',
    releaseId: 're_2',
    version: '1.1.0',
    sequence: 7,
    publishedAt: '2026-11-23T10:00:00.000Z',
    platform: 'linux',
    arch: 'x64',
    name: 'till.zip',
    kind: 'zip',
  }

  test('is a manifest with one file, in the words of format 1', () => {
    const plain = { sha256: 'c'.repeat(64), size: 9 }

    expect(manifestOfTarget({ ...target, custom: { ...custom, plain, replaces: ['re_3', 4] } })).toEqual({
      channel: 'stable',
      replaces: ['re_3'],
      manifest: {
        format: 1,
        product: 'till',
        version: '1.1.0',
        releaseId: 're_2',
        sequence: 7,
        publishedAt: '2026-11-23T10:00:00.000Z',
        artifacts: [
          {
            platform: 'linux',
            arch: 'x64',
            name: 'till.zip',
            kind: 'zip',
            size: 5,
            sha256: 'a'.repeat(64),
            sha512: 'b'.repeat(128),
            plain,
          },
        ],
      },
    })
  })

  test.each<[string, object | undefined]>([
    ['nothing', undefined],
    ['another format', { format: 3 }],
    ['no channel', { channel: undefined }],
    ['a name with a path', { name: '../till.zip' }],
    ['a version that is none', { version: '1' }],
    ['a kind that nobody knows', { kind: 'exe' }],
  ])('is nothing of ours: %s', (_name, change) => {
    expect(manifestOfTarget({ ...target, ...(change && { custom: { ...custom, ...change } }) })).toBeUndefined()
  })

  test('without digests is nothing of ours', () => {
    expect(manifestOfTarget({ length: 5, custom } as never)).toBeUndefined()
  })
})
