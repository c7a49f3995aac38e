// A document that waits for a signature, as the server gives it or as a file carries it; checked before anybody signs it. Nobody has to be believed.
import { readFile } from 'node:fs/promises'
import { bytesToSign, describeChanges, type TufDocument } from '@fairway/trust'
import { refused, wrongUsage } from '../failure.ts'

export interface UnsignedDocument {
  product: string
  role: string
  version: number
  document: TufDocument
  /** The one in force; null where there is none. */
  before: TufDocument | null
  /** base64 */
  bytes: string
}

export interface CarriedSignature {
  product: string
  role: string
  version: number
  keyid: string
  /** hex */
  sig: string
}

const UNSIGNED = 'fairway-unsigned-1'
const SIGNATURE = 'fairway-signature-1'

/** What would be signed must be what was shown: the bytes are those of the document, and the document is of that role and version. */
export function checkUnsigned({ role, version, document, bytes }: UnsignedDocument) {
  const type = ['root', 'snapshot', 'timestamp'].includes(role) ? role : 'targets'
  const isWhole = isDocument(document) && document._type === type && document.version === version
  if (!isWhole || !Buffer.from(bytes, 'base64').equals(bytesToSign(document)))
    throw refused(
      'unsigned.wrong',
      `What is to be signed is not ${role} ${version} as it is shown. Nothing was signed.`,
      'Whoever gave you this may be lying: tell your administrator.',
    )
}

/** For the person who signs. */
export function explainUnsigned({ product, role, version, document, before }: UnsignedDocument) {
  return [`${product}, ${role} ${version}:`, ...describeChanges(document, before ?? undefined).map((line) => `  ${line}`)].join(
    '\n',
  )
}

export function unsignedAsFile(unsigned: UnsignedDocument) {
  const { product, role, version, document, before, bytes } = unsigned
  return `${JSON.stringify({ format: UNSIGNED, product, role, version, document, before, bytes }, null, 2)}\n`
}

export function signatureAsFile({ product, role, version, keyid, sig }: CarriedSignature) {
  return `${JSON.stringify({ format: SIGNATURE, product, role, version, keyid, sig }, null, 2)}\n`
}

export async function readUnsignedFile(file: string): Promise<UnsignedDocument> {
  const { format, ...value } = await readJson(file)
  const { product, role, version, document, before, bytes } = value
  const isRight =
    format === UNSIGNED &&
    typeof product === 'string' &&
    typeof role === 'string' &&
    Number.isSafeInteger(version) &&
    typeof bytes === 'string' &&
    isDocument(document) &&
    (before === null || isDocument(before))
  if (!isRight) throw wrongUsage(`${file} is no document to sign.`, 'Give the file that “fairway keys export” wrote.')
  return { product, role, version: version as number, document, before, bytes }
}

export async function readSignatureFile(file: string): Promise<CarriedSignature> {
  const { format, product, role, version, keyid, sig } = await readJson(file)
  const isText = typeof product === 'string' && typeof role === 'string' && typeof keyid === 'string' && typeof sig === 'string'
  if (format !== SIGNATURE || !isText || !Number.isSafeInteger(version))
    throw wrongUsage(`${file} is no signature.`, 'Give the file that “fairway keys sign-file” wrote.')
  return { product, role, version: version as number, keyid, sig }
}

async function readJson(file: string): Promise<Record<string, unknown>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw wrongUsage(`${file} cannot be read: ${error.message}`)
  })
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Not quoted: somebody may have given the file of a key.
  }
  return {}
}

function isDocument(value: unknown): value is TufDocument {
  return (
    typeof value === 'object' && value !== null && '_type' in value && 'version' in value && 'expires' in value && hasParts(value)
  )
}

/** As much as the sentences about it read; what is missing beyond that, the server refuses. */
function hasParts(value: object) {
  return 'roles' in value || 'targets' in value || 'meta' in value
}
