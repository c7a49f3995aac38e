// An authenticator in software for stories: makes an ES256 passkey and signs with it (WebAuthn level 3).
import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

const USER_PRESENT = 0b1
const USER_VERIFIED = 0b100
const ATTESTED = 0b100_0000

export function createPasskey(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const credentialId = randomBytes(16)
  const id = credentialId.toString('base64url')
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const rpIdHash = sha256(Buffer.from(new URL(origin).hostname))
  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const authenticatorData = (flags: number, rest = Buffer.alloc(0)) =>
    Buffer.concat([rpIdHash, Buffer.from([flags, 0, 0, 0, 0]), rest])

  return {
    /** What `navigator.credentials.create()` gives. */
    register(challenge: string) {
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, credentialId.length]), credentialId, coseKey(x, y)])
      const authData = authenticatorData(USER_PRESENT | USER_VERIFIED | ATTESTED, attested)
      const attestationObject = Buffer.concat([
        Buffer.from([0xa3]),
        cborText('fmt'),
        cborText('none'),
        cborText('attStmt'),
        Buffer.from([0xa0]),
        cborText('authData'),
        cborBytes(authData),
      ])
      const response = {
        clientDataJSON: encode(clientData('webauthn.create', challenge)),
        attestationObject: encode(attestationObject),
        transports: ['internal'],
      }
      return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, authenticatorAttachment: 'platform', response }
    },
    /** What `navigator.credentials.get()` gives. */
    signIn(challenge: string, { isVerified = true } = {}) {
      const client = clientData('webauthn.get', challenge)
      const data = authenticatorData(USER_PRESENT | (isVerified ? USER_VERIFIED : 0))
      const signature = createSign('sha256').update(data).update(sha256(client)).sign(privateKey)
      const response = { clientDataJSON: encode(client), authenticatorData: encode(data), signature: encode(signature) }
      return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, authenticatorAttachment: 'platform', response }
    },
  }
}

/** RFC 9053 §7.1.1: key type EC2, algorithm ES256, curve P-256, x, y. */
function coseKey(x: string, y: string) {
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    cborBytes(Buffer.from(x, 'base64url')),
    Buffer.from([0x22]),
    cborBytes(Buffer.from(y, 'base64url')),
  ])
}

function cborText(text: string) {
  return Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)])
}

function cborBytes(bytes: Buffer) {
  return Buffer.concat([Buffer.from([0x58, bytes.length]), bytes])
}

function sha256(bytes: Buffer) {
  return createHash('sha256').update(bytes).digest()
}

function encode(bytes: Buffer) {
  return bytes.toString('base64url')
}
