// What verifyManifest believes, and everything that it must not.
import { sign, createPrivateKey } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createSigningKey, signManifest, verifyManifest, type Manifest } from './index.ts'

const key = createSigningKey()
const type = 'application/vnd.fairway.manifest+json'

function aManifest(): Manifest {
  return {
    format: 1,
    product: 'till',
    version: '1.1.0',
    releaseId: 're_1',
    sequence: 7,
    publishedAt: '2026-11-23T10:00:00.000Z',
    artifacts: [anArtifact()],
  }
}

function anArtifact() {
  const name = 'till-1.1.0-linux-x64.tar.gz'
  return {
    platform: 'linux',
    arch: 'x64',
    name,
    kind: 'tar.gz' as const,
    size: 123,
    sha256: 'a'.repeat(64),
    sha512: 'b'.repeat(128),
  }
}

// Written out again on purpose: it signs what signManifest would refuse, and shows that PAE is DSSE's and not merely our own.
function seal(payload: string | Buffer, payloadType = type) {
  const body = Buffer.from(payload)
  const pae = Buffer.concat([Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${body.length} `), body])
  const secret = createPrivateKey({ key: Buffer.from(key.privateKey, 'base64url'), type: 'pkcs8', format: 'der' })
  return {
    payloadType,
    payload: body.toString('base64'),
    signatures: [{ keyid: 'k', sig: sign(null, pae, secret).toString('base64') }],
  }
}

function flip(base64: string, at = 10) {
  const bytes = Buffer.from(base64, 'base64')
  bytes[at] = (bytes[at] ?? 0) ^ 1
  return bytes.toString('base64')
}

describe('a signed manifest', () => {
  test('comes back as it was signed', () => {
    const signed = signManifest(aManifest(), key.privateKey, key.publicKey)

    expect(verifyManifest(signed, key.publicKey)).toEqual({ ok: true, manifest: aManifest() })
    expect(verifyManifest(JSON.parse(JSON.stringify(signed)), key.publicKey).ok).toBe(true)
    expect(verifyManifest(seal(JSON.stringify(aManifest())), key.publicKey).ok).toBe(true)
  })

  test('loses the fields that nobody knows', () => {
    const verdict = verifyManifest(seal(JSON.stringify({ ...aManifest(), later: 1 })), key.publicKey)

    expect(verdict).toEqual({ ok: true, manifest: aManifest() })
  })

  test('says of an artifact what is inside, where somebody knew', () => {
    const plain = { sha256: 'c'.repeat(64), size: 456 }
    const manifest = { ...aManifest(), artifacts: [{ ...anArtifact(), plain }] }

    expect(verifyManifest(signManifest(manifest, key.privateKey, key.publicKey), key.publicKey)).toEqual({ ok: true, manifest })
  })

  const good = seal(JSON.stringify(aManifest()))
  const sig = good.signatures[0]?.sig ?? ''
  test.each([
    ['flipped payload', { ...good, payload: flip(good.payload) }, 'manifest.signature_wrong'],
    ['flipped signature', { ...good, signatures: [{ keyid: 'k', sig: flip(sig) }] }, 'manifest.signature_wrong'],
    ['short signature', { ...good, signatures: [{ keyid: 'k', sig: sig.slice(0, 80) }] }, 'manifest.signature_wrong'],
    ['wrong payloadType', { ...good, payloadType: 'text/plain' }, 'manifest.type_wrong'],
    ['another type, well signed', seal(JSON.stringify(aManifest()), 'application/json'), 'manifest.type_wrong'],
    ['extra signature', { ...good, signatures: [...good.signatures, ...good.signatures] }, 'manifest.envelope_malformed'],
    ['no signature', { ...good, signatures: [] }, 'manifest.envelope_malformed'],
    ['signature without keyid', { ...good, signatures: [{ sig }] }, 'manifest.envelope_malformed'],
    ['base64url payload', { ...good, payload: `${good.payload.slice(0, -1)}_` }, 'manifest.envelope_malformed'],
    ['payload with a space', { ...good, payload: `${good.payload} ` }, 'manifest.envelope_malformed'],
    ['huge payload', { ...good, payload: 'A'.repeat(1_400_004) }, 'manifest.envelope_malformed'],
    ['inherited fields', Object.create(good), 'manifest.envelope_malformed'],
    ['null', null, 'manifest.envelope_malformed'],
    ['text', 'manifest', 'manifest.envelope_malformed'],
  ])('is refused: %s', (_name, signed, code) => {
    expect(verifyManifest(signed, key.publicKey)).toMatchObject({ ok: false, code })
  })

  test.each([createSigningKey().publicKey, '', 'x', key.privateKey])('is refused with pinned key %j', (pinned) => {
    expect(verifyManifest(good, pinned)).toMatchObject({ ok: false, code: 'manifest.signature_wrong' })
  })
})

describe('a payload that is signed and still refused', () => {
  const bad: [string, unknown][] = [
    ['a list', [aManifest()]],
    ['null', null],
    ['no product', { ...aManifest(), product: undefined }],
    ['product as a path', { ...aManifest(), product: '../x' }],
    ['version 1.0', { ...aManifest(), version: '1.0' }],
    ['version with a zero in front', { ...aManifest(), version: '01.0.0' }],
    ['version with a path', { ...aManifest(), version: '1.0.0-../..' }],
    ['version with a line break', { ...aManifest(), version: '1.0.0\n' }],
    ['version of 101 characters', { ...aManifest(), version: `1.0.0-${'a'.repeat(95)}` }],
    ['release id as a path', { ...aManifest(), releaseId: 're/../1' }],
    ['sequence 0', { ...aManifest(), sequence: 0 }],
    ['sequence 1.5', { ...aManifest(), sequence: 1.5 }],
    ['sequence 2^53', { ...aManifest(), sequence: 2 ** 53 }],
    ['sequence as text', { ...aManifest(), sequence: '7' }],
    ['published yesterday', { ...aManifest(), publishedAt: 'yesterday' }],
    ['no artifacts', { ...aManifest(), artifacts: [] }],
    ['artifacts as an object', { ...aManifest(), artifacts: { 0: anArtifact(), length: 1 } }],
    ['201 artifacts', { ...aManifest(), artifacts: Array.from({ length: 201 }, (_, n) => ({ ...anArtifact(), arch: `a${n}` })) }],
    ['one target twice', { ...aManifest(), artifacts: [anArtifact(), anArtifact()] }],
    ...['../x', 'a/b', 'a\\b', '.hidden', '-rf', '', 'a'.repeat(201), 'a\0b', '..'].map((name): [string, unknown] => [
      `artifact name ${JSON.stringify(name.slice(0, 20))}`,
      { ...aManifest(), artifacts: [{ ...anArtifact(), name }] },
    ]),
    ['kind rar', { ...aManifest(), artifacts: [{ ...anArtifact(), kind: 'rar' }] }],
    ['kind constructor', { ...aManifest(), artifacts: [{ ...anArtifact(), kind: 'constructor' }] }],
    ['size -1', { ...aManifest(), artifacts: [{ ...anArtifact(), size: -1 }] }],
    ['size 2^41', { ...aManifest(), artifacts: [{ ...anArtifact(), size: 2 ** 41 }] }],
    ['sha256 in capitals', { ...aManifest(), artifacts: [{ ...anArtifact(), sha256: 'A'.repeat(64) }] }],
    ['plain content without a size', { ...aManifest(), artifacts: [{ ...anArtifact(), plain: { sha256: 'c'.repeat(64) } }] }],
    ['plain content as text', { ...aManifest(), artifacts: [{ ...anArtifact(), plain: 'c'.repeat(64) }] }],
    ['plain content that is null', { ...aManifest(), artifacts: [{ ...anArtifact(), plain: null }] }],
    ['plain digest as a path', { ...aManifest(), artifacts: [{ ...anArtifact(), plain: { sha256: '../x', size: 1 } }] }],
    ['sha512 too short', { ...aManifest(), artifacts: [{ ...anArtifact(), sha512: 'b'.repeat(127) }] }],
  ]

  test.each(bad)('%s', (_name, payload) => {
    expect(verifyManifest(seal(JSON.stringify(payload)), key.publicKey)).toMatchObject({
      ok: false,
      code: 'manifest.payload_malformed',
    })
  })

  test.each([2, 0, '1', null, undefined])('format %j', (format) => {
    const verdict = verifyManifest(seal(JSON.stringify({ ...aManifest(), format })), key.publicKey)

    expect(verdict).toMatchObject({ ok: false, code: 'manifest.format_unknown' })
  })

  test('a field that only __proto__ has', () => {
    const { product: _, ...rest } = aManifest()
    const payload = `{"__proto__":{"product":"till"},${JSON.stringify(rest).slice(1)}`

    expect(verifyManifest(seal(payload), key.publicKey)).toMatchObject({ ok: false, code: 'manifest.payload_malformed' })
    expect(Object.hasOwn(Object.prototype, 'product')).toBe(false)
  })

  test.each([
    ['no JSON', 'x'],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['empty', ''],
  ])('%s', (_name, payload) => {
    expect(verifyManifest(seal(payload), key.publicKey)).toMatchObject({ ok: false, code: 'manifest.payload_malformed' })
  })

  test('cannot be signed either', () => {
    const manifest = { ...aManifest(), version: 'one' }

    expect(() => signManifest(manifest, key.privateKey, key.publicKey)).toThrow('`version`')
    expect(() => signManifest(aManifest(), key.privateKey, createSigningKey().publicKey)).toThrow('belong')
  })
})
