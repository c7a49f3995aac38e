// Ed25519 keys (RFC 8032) in the form in which Fairway stores and sends them.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto'

/** base64url without padding: `publicKey` is the raw 32 bytes, `privateKey` PKCS#8 DER. */
export interface SigningKey {
  publicKey: string
  privateKey: string
}

/** A fresh key from the operating system's random source. */
export function createSigningKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return {
    publicKey: rawPublicKey(publicKey),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64url'),
  }
}

/** `sha256:` and the hex SHA-256 of the 32 raw bytes. Throws a TypeError for what is no public key. */
export function fingerprintOf(publicKey: string): string {
  const raw = decodeBase64(publicKey, 'base64url')
  if (raw?.length !== 32) throw new TypeError('A public key is 32 bytes in base64url.')
  return `sha256:${createHash('sha256').update(raw).digest('hex')}`
}

/** The bytes, or undefined where the text is not the one canonical encoding of them: Node decodes leniently, and two texts must not mean one key. */
export function decodeBase64(text: string, encoding: 'base64' | 'base64url'): Buffer | undefined {
  const bytes = Buffer.from(text, encoding)
  return bytes.toString(encoding) === text ? bytes : undefined
}

/** The Ed25519 signature, 64 bytes. Throws a TypeError where the private key is none, or is not the partner of `publicKey`. */
export function signBytes(bytes: Uint8Array, key: { privateKey: string; publicKey?: string }): Buffer {
  const secret = checked.get(key) ?? check(key)
  return sign(null, bytes, secret)
}

/** Reading and checking a key takes four times as long as signing; kept as long as somebody holds the key itself. */
const checked = new WeakMap<object, KeyObject>()

function check(key: { privateKey: string; publicKey?: string }) {
  const secret = privateKeyOf(key.privateKey)
  // A signature that nobody can verify must be noticed here, not on a customer's machine.
  if (key.publicKey !== undefined && rawPublicKey(createPublicKey(secret)) !== key.publicKey) {
    throw new TypeError('The public key does not belong to the private key.')
  }
  checked.set(key, secret)
  return secret
}

/** Whether `signature` is the key's over these bytes; false, never an exception, for keys and signatures that are none. */
export function isSignedBy(publicKey: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (decodeBase64(publicKey, 'base64url')?.length !== 32 || signature.length !== 64) return false
  return verify(null, bytes, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' }), signature)
}

function rawPublicKey(key: KeyObject): string {
  // The JWK of an Ed25519 public key always has `x`, the raw bytes (RFC 8037 §2).
  return key.export({ format: 'jwk' }).x ?? ''
}

function privateKeyOf(privateKey: string): KeyObject {
  const key = readPrivateKey(privateKey)
  if (key?.asymmetricKeyType !== 'ed25519') throw new TypeError('A private key is an Ed25519 PKCS#8 DER in base64url.')
  return key
}

function readPrivateKey(privateKey: string): KeyObject | undefined {
  try {
    return createPrivateKey({ key: Buffer.from(privateKey, 'base64url'), type: 'pkcs8', format: 'der' })
  } catch {
    // The parser's message may quote key material: the caller says it in our words instead.
    return undefined
  }
}
