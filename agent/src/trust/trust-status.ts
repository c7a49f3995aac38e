// What this installation believes, for `status`: read from its own disk, where only verified metadata lie.
import { join } from 'node:path'
import { readdir } from 'node:fs/promises'
import { systemCode } from '../agent-error.ts'
import { readTextFile } from '../files.ts'
import { field, numberField, parseJson, textField } from '../json.ts'
import type { Layout } from '../layout.ts'

/** `format` 1: the manifest that the pinned key signed; 2: TUF. `expires`: the first document that does. */
export interface TrustStatus {
  format: 1 | 2
  rootVersion: number | null
  expires: string | null
}

export async function readTrust({ tuf }: Pick<Layout, 'tuf'>): Promise<TrustStatus> {
  const signed = await Promise.all((await listFiles(tuf)).map((file) => readSigned(join(tuf, file))))
  const root = signed.find((document) => textField(document, '_type') === 'root')
  const expiries = signed.flatMap((document) => textField(document, 'expires') ?? [])
  return {
    format: signed.length > 0 ? 2 : 1,
    rootVersion: numberField(root, 'version') ?? null,
    expires: expiries.toSorted()[0] ?? null,
  }
}

export function renderTrust({ format, rootVersion, expires }: TrustStatus): string {
  if (format === 1) return 'the signed manifest (format 1)'
  return `TUF, root ${rootVersion ?? 'unreadable'}, metadata until ${expires ?? 'unknown'}`
}

async function readSigned(path: string): Promise<unknown> {
  return field(parseJson((await readTextFile(path)) ?? ''), 'signed')
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((file) => file.endsWith('.json'))
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  }
}
