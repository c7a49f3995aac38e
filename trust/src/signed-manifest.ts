// Signs and verifies manifests: a DSSE envelope (github.com/secure-systems-lab/dsse, v1) with one Ed25519 signature.
import { parseManifest, type Manifest } from './manifest.ts'
import { decodeBase64, fingerprintOf, isSignedBy, signBytes } from './signing-key.ts'

/** `payload` and `sig` in padded standard base64. `keyid` is a hint for people: DSSE forbids to decide by it. */
export interface SignedManifest {
  payloadType: string
  payload: string
  signatures: { keyid: string; sig: string }[]
}

/**
 * Codes: `manifest.envelope_malformed`, `manifest.type_wrong`, `manifest.signature_wrong`, `manifest.payload_malformed`,
 * `manifest.format_unknown`; `reason` is a sentence for people.
 */
export type ManifestVerdict = { ok: true; manifest: Manifest } | { ok: false; code: string; reason: string }

const payloadType = 'application/vnd.fairway.manifest+json'
const maxPayloadCharacters = 1_400_000

/** Throws a TypeError for a manifest that `verifyManifest` would refuse, and for keys that do not belong together. */
export function signManifest(manifest: Manifest, privateKey: string, publicKey: string): SignedManifest {
  const parsed = parseManifest(manifest)
  if (!parsed.ok) throw new TypeError(`This manifest cannot be signed: ${parsed.reason}`)
  const payload = Buffer.from(JSON.stringify(parsed.manifest))
  const signature = signBytes(preAuthEncoding(payload), { privateKey, publicKey })
  return {
    payloadType,
    payload: payload.toString('base64'),
    signatures: [{ keyid: fingerprintOf(publicKey), sig: signature.toString('base64') }],
  }
}

/** Believes nothing before the signature: the payload is parsed only when the pinned key signed exactly these bytes. */
export function verifyManifest(signed: unknown, pinnedPublicKey: string): ManifestVerdict {
  const envelope = readEnvelope(signed)
  if (!envelope)
    return refuse('manifest.envelope_malformed', 'The manifest is not an envelope with a payload and exactly one signature.')
  if (envelope.payloadType !== payloadType) return refuse('manifest.type_wrong', 'The envelope does not hold a Fairway manifest.')
  if (!isSignedBy(pinnedPublicKey, preAuthEncoding(envelope.payload), envelope.signature)) {
    return refuse('manifest.signature_wrong', 'The manifest is not signed by the key that was pinned at enrolment.')
  }
  const payload = parseJson(envelope.payload)
  return payload === undefined
    ? refuse('manifest.payload_malformed', 'The payload is not JSON in UTF-8.')
    : parseManifest(payload)
}

/** DSSE v1: PAE(type, body) = "DSSEv1" SP LEN(type) SP type SP LEN(body) SP body, lengths in bytes, decimal. */
function preAuthEncoding(payload: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `), payload])
}

function readEnvelope(value: unknown) {
  const type = own(value, 'payloadType')
  const payload = own(value, 'payload')
  const signatures = own(value, 'signatures')
  if (typeof type !== 'string' || typeof payload !== 'string' || payload.length > maxPayloadCharacters) return undefined
  // Format 1 has one signer; a second signature would be bytes that nobody checks.
  if (!Array.isArray(signatures) || signatures.length !== 1) return undefined
  const sig = own(signatures[0], 'sig')
  if (typeof sig !== 'string' || sig.length > 100 || typeof own(signatures[0], 'keyid') !== 'string') return undefined
  const bytes = decodeBase64(payload, 'base64')
  const signature = decodeBase64(sig, 'base64')
  return bytes && signature && { payloadType: type, payload: bytes, signature }
}

function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

function refuse(code: string, reason: string): ManifestVerdict {
  return { ok: false, code, reason }
}
