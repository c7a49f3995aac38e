// What a stolen server may tell an installation: only genuine releases, for it, not replayed, not older unless the vendor signed that.
import { readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSigningKey, DIRECTOR } from '@fairway/trust'
import { describe, expect, test, vi } from 'vitest'
import { readState, type Installed } from '../state.ts'
import { aBeliever, type Believer } from '../testing/believer.ts'
import { direct, rotate, type DirectionWish } from '../testing/repository.ts'
import { signRoot } from '../testing/sign-repository.ts'
import { freshenTrust } from './freshen.ts'
import { judgeOffer } from './judge-offer.ts'
import { tellSetback } from './tell-setback.ts'
import { readTrust, renderTrust } from './trust-status.ts'
import { expired } from './untrusted.ts'

vi.setConfig({ testTimeout: 20_000 })

const past = new Date('2026-01-01T00:00:00Z')
const newest: Installed = { releaseId: 're_5', version: '1.5.0', sequence: 5, folder: '1.5.0_re_5' }

describe('an offer', () => {
  test('that both repositories vouch for becomes the target, with what was signed', async () => {
    await using it = await aBeliever()
    const path = it.publish()

    expect(await it.judge(path)).toEqual({
      ok: true,
      target: {
        releaseId: 're_1',
        version: '1.0.0',
        sequence: 1,
        folder: '1.0.0_re_1',
        artifact: expect.objectContaining({ name: 'till', kind: 'opaque', size: 8, url: '/a' }),
      },
    })
  })

  const genuine = { length: 8, hashes: { sha256: 'a'.repeat(64) } }
  test.each<[string, DirectionWish, string]>([
    ['for another installation', { installationId: 'in_2' }, 'direction.for_another'],
    ['signed by a stranger', { signer: createSigningKey() }, 'direction.signature_wrong'],
    ['of another length than the vendor signed', { target: { ...genuine, length: 9 } }, 'trust.not_genuine'],
    ['of other bytes than the vendor signed', { target: genuine }, 'trust.not_genuine'],
  ])('is refused: %s', async (_name, wish, code) => {
    await using it = await aBeliever()
    const path = it.publish()

    expect(await it.judge(path, wish)).toMatchObject({ ok: false, code })
  })

  test.each([
    ['that nobody signed', 'stable/6.6.6/till'],
    ['with a name that every object has', 'constructor'],
    ['in a channel that there is not', 'secret/1.0.0/till'],
    ['in the director’s own corner', 'director/till'],
  ])('is refused: a release %s, made up by a stolen server', async (_name, path) => {
    await using it = await aBeliever()
    const known = it.publish()

    expect(await it.judge(path, { target: it.repository.targets[known]! })).toMatchObject({
      ok: false,
      code: expect.stringMatching(/^trust.(not_genuine|metadata_wrong)$/),
    })
  })

  test('for another product is refused', async () => {
    await using it = await aBeliever()

    expect(await it.judge(it.publish({ product: 'scales' }))).toMatchObject({ ok: false, code: 'offer.product_wrong' })
  })

  test('whose signed facts belong to another path is refused', async () => {
    await using it = await aBeliever()
    const path = it.publish()
    it.repository.targets['stable/9.9.9/till'] = it.repository.targets[path]!
    it.publish({ version: '1.1.0' })

    expect(await it.judge('stable/9.9.9/till')).toMatchObject({ ok: false, code: 'trust.target_malformed' })
  })

  test('that expired names both times and the clock, and may pass', async () => {
    await using it = await aBeliever()

    expect(await it.judge(it.publish(), { expires: past })).toMatchObject({
      code: 'direction.expired',
      passes: true,
      reason: expect.stringMatching(/expired at 2026-01-01T00:00:00Z; the clock here says 20..-.*Look at this machine's clock/),
    })
  })
})

describe('a word of the director', () => {
  test('older than one that was believed is a replay, unless it says the same', async () => {
    await using it = await aBeliever()
    const [older, newer] = [it.publish(), it.publish({ version: '1.1.0', sequence: 2 })]

    expect(await it.judge(older, { version: 5 })).toMatchObject({ ok: true })
    expect(await it.judge(newer, { version: 7 })).toMatchObject({ ok: true })
    expect(await it.judge(newer, { version: 6 })).toMatchObject({ ok: true })
    expect(await it.judge(older, { version: 6 })).toMatchObject({ code: 'direction.replayed' })
    expect(await it.judge(older, { version: 7 })).toMatchObject({ ok: true })
  })

  test('by a retired key is refused; the new one counts from the beginning, however far a thief counted', async () => {
    await using it = await aBeliever()
    const [path, newer] = [it.publish(), it.publish({ version: '1.1.0', sequence: 2 })]
    const retired = it.repository.keys[DIRECTOR]![0]
    expect(await it.judge(path, { version: 2 ** 50 })).toMatchObject({ ok: true })

    rotate(it.repository, { [DIRECTOR]: [createSigningKey()] })

    expect(await it.judge(newer, { version: 2 ** 51, signer: retired })).toMatchObject({ code: 'direction.signature_wrong' })
    expect(await it.judge(newer, { version: 1 })).toMatchObject({ ok: true })
  })

  test('is not forgotten because a second key was added', async () => {
    await using it = await aBeliever()
    const [path, newer] = [it.publish(), it.publish({ version: '1.1.0', sequence: 2 })]
    const [known] = it.repository.keys[DIRECTOR]!
    await it.judge(newer, { version: 7 })

    rotate(it.repository, { [DIRECTOR]: [known!, createSigningKey()] })

    expect(await it.judge(path, { version: 6 })).toMatchObject({ code: 'direction.replayed' })
  })
})

describe('an older release', () => {
  test('is refused', async () => {
    await using it = await aBeliever()
    await it.runs({ current: newest, highestSequence: 5 })

    expect(await it.judge(it.publish({ sequence: 3 }))).toMatchObject({ code: 'offer.sequence_stale' })
  })

  test('is refused where it replaces another than what runs here', async () => {
    await using it = await aBeliever()
    await it.runs({ current: newest, highestSequence: 5 })

    expect(await it.judge(it.publish({ sequence: 3, replaces: ['re_4'] }))).toMatchObject({ code: 'offer.sequence_stale' })
  })

  test('is taken where the vendor signed that it replaces what runs here', async () => {
    await using it = await aBeliever()
    await it.runs({ current: newest, highestSequence: 5 })

    expect(await it.judge(it.publish({ sequence: 3, replaces: ['re_5'] }))).toMatchObject({ ok: true, target: { sequence: 3 } })
  })
})

describe('the way to TUF', () => {
  const offerOf = (it: Believer, direction: unknown) => ({ manifest: {}, direction, url: '/a' })

  test('begins with the pinned key; from then on format 1 is never believed again', async () => {
    await using it = await aBeliever()
    it.publish()

    expect(await judgeOffer(it.agent, offerOf(it, undefined))).toMatchObject({ code: 'trust.downgrade' })
    expect(await readTrust(it.agent.layout)).toMatchObject({ format: 2, rootVersion: 1 })
    it.origin.faults.withoutTuf = true
    expect(await it.judge('stable/1.0.0/till').catch((error: unknown) => error)).toMatchObject({ status: 404 })
  })

  test('is not taken with a server from before TUF: the signed manifest decides', async () => {
    await using it = await aBeliever()
    it.origin.faults.withoutTuf = true

    expect(await judgeOffer(it.agent, offerOf(it, undefined))).toMatchObject({ code: 'manifest.envelope_malformed' })
    expect(renderTrust(await readTrust(it.agent.layout))).toBe('the signed manifest (format 1)')
  })

  test('is refused where the first root is not the pinned key’s, and nothing is kept', async () => {
    await using it = await aBeliever()
    const path = it.publish()
    it.repository.versions['root'] = 0
    it.repository.keys['root'] = [createSigningKey()]
    signRoot(it.repository)

    expect(await it.judge(path)).toMatchObject({ code: 'trust.root_wrong' })
    expect(await readTrust(it.agent.layout)).toMatchObject({ format: 1 })
  })

  test('is followed over many changes of keys at once, and back from a lost online key', async () => {
    await using it = await aBeliever()
    const path = it.publish()
    await it.judge(path)

    for (const role of ['timestamp', 'snapshot', 'targets', 'root', 'timestamp'])
      rotate(it.repository, { [role]: [createSigningKey()] })

    expect(await it.judge(path)).toMatchObject({ ok: true })
    expect(await readTrust(it.agent.layout)).toMatchObject({ rootVersion: 6 })
  })

  test.each(['', '{"signed":', '{"signed":{"_type":"root"},"signatures":[]}'])(
    'begins anew from the pinned key where the root on the disk is damaged: %s',
    async (damage) => {
      await using it = await aBeliever()
      const path = it.publish()
      await it.judge(path)
      await writeFile(join(it.agent.layout.tuf, 'root.json'), damage)

      expect(await it.judge(path)).toMatchObject({ ok: true })
      await writeFile(join(it.agent.layout.tuf, 'root.json'), damage)
      it.origin.faults.withoutTuf = true
      expect(await it.judge(path)).toMatchObject({ code: 'trust.downgrade' })
    },
  )

  test.each(['timestamp.json', 'snapshot.json', 'targets.json', 'channel-stable.json'])(
    'fetches %s again where it is damaged',
    async (file) => {
      await using it = await aBeliever()
      const path = it.publish()
      await it.judge(path)
      const whole = await readFile(join(it.agent.layout.tuf, file), 'utf8')
      await writeFile(join(it.agent.layout.tuf, file), whole.slice(0, 99))

      expect(await it.judge(path)).toMatchObject({ ok: true })
      expect(await readFile(join(it.agent.layout.tuf, file), 'utf8')).toBe(whole)
    },
  )

  test('keeps what was verified even where the rest fails: a new root is not forgotten', async () => {
    await using it = await aBeliever()
    const path = it.publish()
    await it.judge(path)
    rotate(it.repository, { root: [createSigningKey()] })
    it.repository.files.delete('timestamp.json')

    await expect(it.judge(path)).rejects.toMatchObject({ status: 404 })

    expect(await readTrust(it.agent.layout)).toMatchObject({ rootVersion: 2 })
  })

  test('never leaves its work folder behind, and a left one never counts', async () => {
    await using it = await aBeliever()
    const path = it.publish()
    await it.judge(path)
    const { layout } = it.agent
    expect(await readdir(layout.state)).not.toContain('tuf.work')
    await rm(layout.tufWork, { recursive: true, force: true })
    await writeFile(layout.tufWork, 'a leftover of a killed agent')

    expect(await it.judge(path)).toMatchObject({ ok: true })
  })
})

describe('without an offer', () => {
  test('the metadata are looked at once a day', async () => {
    await using it = await aBeliever()
    await freshenTrust(it.agent)
    const asked = it.origin.seen.requests.length

    await freshenTrust(it.agent)

    expect(it.lines.join('\n')).toContain('the signed metadata are fresh')
    expect(it.origin.seen.requests).toHaveLength(asked)
  })

  test.each<[string, (it: Believer) => void, string]>([
    ['a broken server', ({ origin }) => (origin.faults.errors500 = 9), 'could not be looked at'],
    ['metadata that expired', ({ repository }) => expireAll(repository), 'trust.metadata_expired'],
  ])('%s is told and stops nothing', async (_name, change, words) => {
    await using it = await aBeliever()
    change(it)

    await freshenTrust(it.agent)

    expect(it.lines.join('\n')).toContain(words)
  })

  const expireAll = (repository: Believer['repository']) => {
    repository.expires['timestamp'] = past
    rotate(repository, {})
  }
})

test('a setback is told once for each release, under one id, and kept in the state', async () => {
  await using it = await aBeliever()
  const { agent, origin } = it
  origin.offer({ version: '1.0.0', releaseId: 're_1', sequence: 1, bytes: Buffer.from('x'), kind: 'opaque' })
  const { manifest } = (await agent.session.post('/updates/v1/check-ins', {})) as { manifest: unknown }
  const setback = expired('direction.expired', 'It', { expires: '2026-01-01T00:00:00Z', now: new Date() })

  await tellSetback(agent, setback, manifest)
  await tellSetback(agent, setback, manifest)
  await it.runs({})
  await tellSetback(agent, setback, manifest)

  expect(await readdir(agent.layout.reports)).toEqual([expect.stringMatching(/^0000000001-/)])
  expect((await readState(agent.layout.stateFile)).setback).toMatchObject({ releaseId: 're_1', code: 'direction.expired' })
  expect(direct(it.repository, it.publish())).toBeDefined()
})
