// The small pure rules: configuration, pace, answers, offers, waiting times.
import { createSigningKey, signManifest, type Manifest } from '@fairway/trust'
import { describe, expect, test } from 'vitest'
import { retryAfterMs } from './ask-server.ts'
import { nextWaitMs } from './backoff.ts'
import { parseAnswer } from './check.ts'
import { parseConfig } from './config.ts'
import { bytesNeeded } from './disk-space.ts'
import { verifyOffer } from './verify.ts'

describe('the configuration', () => {
  const good = { start: ['/bin/start'], stop: ['/bin/stop', ''], health: { http: 'http://127.0.0.1:1/health' } }

  test('has defaults for everything that can have one', () => {
    expect(parseConfig(good, 'agent.json')).toEqual({
      ...good,
      healthSeconds: 30,
      healthChecks: 3,
      healthIntervalSeconds: 1,
      commandSeconds: 60,
      keepVersions: 2,
    })
  })

  test.each<[string, object, string]>([
    ['a shell line', { start: '/bin/start --now' }, '"start" must be a list of texts'],
    ['no stop', { stop: undefined }, '"stop" must be a list of texts'],
    ['an empty command', { stop: [] }, '"stop" must be a list of texts'],
    ['a number among arguments', { stop: ['x', 1] }, '"stop" must be a list of texts'],
    ['a NUL', { stop: ['x', 'a\0b'] }, '"stop" must be a list of texts'],
    ['health both ways', { health: { http: 'http://x', command: ['x'] } }, '"health" must be'],
    ['health by file', { health: { http: 'file:///etc/passwd' } }, '"health" must be'],
    ['health no way', { health: {} }, '"health" must be'],
    ['a time below zero', { healthSeconds: -1 }, '"healthSeconds" must be a number'],
    ['a time as text', { commandSeconds: '60' }, '"commandSeconds" must be a number'],
    ['half a version', { keepVersions: 1.5 }, '"keepVersions" must be a whole number'],
    ['a misspelt setting', { keepVersion: 2 }, '"keepVersion" is not a setting'],
  ])('%s is refused in words', (_name, change, words) => {
    expect(() => parseConfig({ ...good, ...change }, 'agent.json')).toThrow(words)
  })

  test('all mistakes are named at once', () => {
    expect(() => parseConfig({}, 'agent.json')).toThrow(/"start"[^]*"stop"[^]*"health"/)
  })
})

describe('the wait until the next check-in', () => {
  const calm = { pollSeconds: 60, failures: 0, revoked: false, retryAfterMs: 0 }
  test.each([
    ['earliest', calm, 0, 48_000],
    ['latest', calm, 1, 72_000],
    ['after one failure', { ...calm, failures: 1 }, 0.5, 120_000],
    ['after many failures an hour', { ...calm, failures: 500 }, 0.5, 3_600_000],
    ['a poll of a day stays one', { ...calm, pollSeconds: 86_400, failures: 3 }, 0.5, 86_400_000],
    ['revoked: an hour', { ...calm, revoked: true }, 0.5, 3_600_000],
    ['the server asks for more', { ...calm, retryAfterMs: 100_000 }, 0.5, 100_000],
    ['the server asks for less', { ...calm, retryAfterMs: 1000 }, 0.5, 60_000],
  ])('%s', (...[, pace, chance, waitMs]) => {
    expect(nextWaitMs(pace, chance)).toBeCloseTo(waitMs, 3)
  })

  test.each([
    ['120', 120_000],
    ['0', 0],
    ['999999', 3_600_000],
    ['soon', 0],
    ['-5', 0],
    // Both dates are the server's: the clock here says another year.
    ['Mon, 01 Jan 2001 00:00:30 GMT', 30_000],
    ['Sun, 31 Dec 2000 23:59:00 GMT', 0],
  ])('Retry-After: %s', (value, waitMs) => {
    expect(retryAfterMs(new Headers({ 'retry-after': value, date: 'Mon, 01 Jan 2001 00:00:00 GMT' }))).toBe(waitMs)
  })
})

describe('the server’s answer', () => {
  test.each([
    [
      { decision: 'current', pollSeconds: 30, later: 1 },
      { decision: 'current', pollSeconds: 30 },
    ],
    [{ decision: 'current' }, { decision: 'current', pollSeconds: 60 }],
    [
      { decision: 'current', pollSeconds: -5 },
      { decision: 'current', pollSeconds: 1 },
    ],
    [
      { decision: 'held', because: { code: 'paused', text: 'Wait.' }, pollSeconds: 9 },
      { decision: 'held', code: 'paused', text: 'Wait.', pollSeconds: 9 },
    ],
    [
      { decision: 'update', manifest: 1, artifact: { url: '/x' }, pollSeconds: 9 },
      { decision: 'update', manifest: 1, url: '/x', pollSeconds: 9 },
    ],
  ])('%j', (value, answer) => {
    expect(parseAnswer(value)).toEqual(answer)
  })

  test.each([null, 'x', {}, { decision: 'explode' }, { decision: 'update', manifest: {} }])('%j is no answer', (value) => {
    expect(() => parseAnswer(value)).toThrow('does not know')
  })
})

describe('an offer', () => {
  const key = createSigningKey()
  const artifact = {
    platform: 'linux',
    arch: 'x64',
    name: 'till.zip',
    kind: 'zip' as const,
    size: 5,
    sha256: 'a'.repeat(64),
    sha512: 'b'.repeat(128),
  }
  const manifest: Manifest = {
    format: 1,
    product: 'till',
    version: '1.1.0',
    releaseId: 're_2',
    sequence: 7,
    publishedAt: '2026-11-23T10:00:00.000Z',
    artifacts: [{ ...artifact, arch: 'arm64', name: 'other.zip' }, artifact],
  }
  const pins = {
    manifestKey: key.publicKey,
    product: 'till',
    highestSequence: 7,
    releaseId: 're_1',
    platform: 'linux',
    arch: 'x64',
  }
  const offer = { manifest: signManifest(manifest, key.privateKey, key.publicKey), url: '/a' }

  test('becomes the target for this machine, with the name and digests that were signed', () => {
    expect(verifyOffer(offer, pins)).toEqual({
      ok: true,
      target: {
        releaseId: 're_2',
        version: '1.1.0',
        sequence: 7,
        folder: '1.1.0_re_2',
        artifact: { name: 'till.zip', kind: 'zip', size: 5, sha256: 'a'.repeat(64), sha512: 'b'.repeat(128), url: '/a' },
      },
    })
  })

  test.each([
    ['another key', { manifestKey: createSigningKey().publicKey }, 'manifest.signature_wrong'],
    ['another product', { product: 'scales' }, 'offer.product_wrong'],
    ['an older sequence than ran', { highestSequence: 8 }, 'offer.sequence_stale'],
    ['no file for this machine', { arch: 'riscv64' }, 'offer.no_artifact'],
  ])('is refused: %s', (_name, change, code) => {
    expect(verifyOffer(offer, { ...pins, ...change })).toMatchObject({ ok: false, code })
  })
})

test('an archive needs three times its size, an opaque file twice, and a margin', () => {
  const margin = bytesNeeded({ kind: 'opaque', size: 0 })

  expect(margin).toBeGreaterThan(0)
  expect(bytesNeeded({ kind: 'tar.gz', size: 100 })).toBe(300 + margin)
  expect(bytesNeeded({ kind: 'opaque', size: 100 })).toBe(200 + margin)
})
