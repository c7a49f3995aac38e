// Wraps what must not lie readable in the database, and derives one key per purpose from FAIRWAY_SECRET.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

export interface Secrets {
  /** Encrypts with AES-256-GCM; `purpose` is authenticated, so that a value cannot be moved to another place. */
  wrap(purpose: string, plain: string): string
  /** Throws where the value was changed, moved, or wrapped under another FAIRWAY_SECRET. */
  unwrap(purpose: string, wrapped: string): string
  /** HMAC-SHA-256 as base64url, under a key of this purpose alone. */
  mac(purpose: string, text: string): string
  isMac(purpose: string, text: string, mac: string): boolean
}

const VERSION = 'w1'

/** Keys come from the secret by HKDF-SHA-256 (RFC 5869), one for each purpose. */
export function createSecrets(secret: string): Secrets {
  const keyFor = (use: string) => Buffer.from(hkdfSync('sha256', secret, 'fairway', use, 32))
  const wrapKey = keyFor('wrap')
  const macKeys = new Map<string, KeyObject>()
  const macKey = (purpose: string) => {
    const key = macKeys.get(purpose) ?? createSecretKey(keyFor(`mac:${purpose}`))
    macKeys.set(purpose, key)
    return key
  }
  const digest = (purpose: string, text: string) => createHmac('sha256', macKey(purpose)).update(text).digest()

  return {
    wrap(purpose, plain) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', wrapKey, nonce).setAAD(Buffer.from(purpose))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return [VERSION, nonce.toString('base64url'), body.toString('base64url'), cipher.getAuthTag().toString('base64url')].join(
        '.',
      )
    },
    unwrap(purpose, wrapped) {
      const [version, nonce = '', body = '', tag = ''] = wrapped.split('.')
      if (version !== VERSION) throw new Error(`A wrapped ${purpose} has the unknown form ${version}.`)
      try {
        const decipher = createDecipheriv('aes-256-gcm', wrapKey, Buffer.from(nonce, 'base64url')).setAAD(Buffer.from(purpose))
        decipher.setAuthTag(Buffer.from(tag, 'base64url'))
        return decipher.update(Buffer.from(body, 'base64url'), undefined, 'utf8') + decipher.final('utf8')
      } catch (error) {
        throw new Error(`A wrapped ${purpose} cannot be opened: FAIRWAY_SECRET is not the one that it was wrapped with.`, {
          cause: error,
        })
      }
    },
    mac: (purpose, text) => digest(purpose, text).toString('base64url'),
    isMac(purpose, text, mac) {
      const given = Buffer.from(mac, 'base64url')
      const right = digest(purpose, text)
      return given.length === right.length && timingSafeEqual(given, right)
    },
  }
}
