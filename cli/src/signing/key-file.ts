// Keys that are kept here: an encrypted private part in one file, the public part in another beside it. The private part never leaves this module.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { access, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { bytesToSign, type NamedKey, type TufDocument, tufKeyOf } from '@fairway/trust'
import { EXIT } from '../exit-codes.ts'
import { Failure, refused, wrongUsage } from '../failure.ts'

export interface OpenKey {
  keyid: string
  /** The Ed25519 signature over a document, hex. */
  sign(document: TufDocument): string
}

/** Where the public part of a key file lies. */
export function publicFileOf(file: string) {
  return `${file}.pub`
}

/** Makes a key and writes both parts; a file that is there is never overwritten. */
export async function createKeyFile(file: string, passphrase: string): Promise<NamedKey & { publicKey: string }> {
  const publicFile = publicFileOf(file)
  for (const one of [file, publicFile]) if (await isThere(one)) throw existsAlready(one)
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
  const raw = rawOf(publicKey)
  await writeNew(file, pem, 0o600)
  await writeNew(publicFile, `${raw}\n`, 0o644).catch(async (error: unknown) => {
    await rm(file, { force: true })
    throw error
  })
  return { ...tufKeyOf(raw), publicKey: raw }
}

export async function openKeyFile(
  file: string,
  readPassphrase: () => Promise<string>,
  note: (line: string) => void,
): Promise<OpenKey> {
  const pem = await read(file, 'key.unreadable')
  if (!pem.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----'))
    throw refused(
      'key.not_ours',
      `${file} holds no encrypted private key.`,
      'Give the file that “fairway keys create” wrote, not the one that ends with .pub.',
    )
  if (await isReadByOthers(file)) note(`Others on this machine can read ${file}. Close it: chmod 600 ${file}`)
  const key = decrypt(file, pem, await readPassphrase())
  const { keyid } = tufKeyOf(rawOf(createPublicKey(key)))
  return { keyid, sign: (document) => sign(null, bytesToSign(document), key).toString('hex') }
}

/** The public key (base64url) of a `.pub` file. */
export async function readPublicFile(file: string) {
  const text = (await read(file, 'key.unreadable')).trim()
  try {
    tufKeyOf(text)
  } catch {
    // Not quoted: it may be the private part, given by mistake.
    throw wrongUsage(`${file} holds no public key.`, 'Give the file that ends with .pub.')
  }
  return text
}

function decrypt(file: string, pem: string, passphrase: string) {
  const key = tryToDecrypt(pem, passphrase)
  if (key?.asymmetricKeyType !== 'ed25519')
    throw refused(
      'key.cannot_be_opened',
      `${file} cannot be opened.`,
      'Check the passphrase; the file must be as “fairway keys create” wrote it.',
    )
  return key
}

function tryToDecrypt(pem: string, passphrase: string): KeyObject | undefined {
  try {
    return createPrivateKey({ key: pem, format: 'pem', passphrase })
  } catch {
    // The parser's message says nothing that helps, and might quote what must not be seen.
    return undefined
  }
}

function rawOf(key: KeyObject) {
  // The JWK of an Ed25519 public key always has `x` (RFC 8037 §2).
  return key.export({ format: 'jwk' }).x ?? ''
}

async function writeNew(file: string, text: string | Buffer, mode: number) {
  await writeFile(file, text, { flag: 'wx', mode }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw existsAlready(file)
    throw new Failure({
      exitCode: EXIT.unexpected,
      code: 'key.unwritable',
      detail: `${file} cannot be written: ${error.message}`,
    })
  })
}

function existsAlready(file: string) {
  return refused(
    'key.exists',
    `${file} is there already, and is not overwritten.`,
    'Take another name: a key that is gone is gone for ever.',
  )
}

async function read(file: string, code: string) {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw refused(code, `${file} cannot be read: ${error.message}`)
  })
}

async function isThere(file: string) {
  return access(file).then(
    () => true,
    () => false,
  )
}

/** Windows has no such modes. */
async function isReadByOthers(file: string) {
  const { mode } = await stat(file)
  return process.platform !== 'win32' && (mode & 0o077) !== 0
}
