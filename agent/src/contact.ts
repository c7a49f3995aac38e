// The last word between agent and server, for `status`; DIR/state/contact.json. Losing it costs nothing.
import { rename, writeFile } from 'node:fs/promises'
import type { HealthWord } from './health.ts'
import { parseJson, textField } from './json.ts'
import { readTextFile } from './files.ts'

/** `at` is this machine's clock and only for people. `trouble`: what a person should look at, or null. */
export interface Contact {
  at: string | null
  decision: string | null
  health: HealthWord
  trouble: string | null
}

export async function saveContact(path: string, contact: Contact): Promise<void> {
  await writeFile(`${path}.tmp`, JSON.stringify(contact), { mode: 0o600 })
  await rename(`${path}.tmp`, path)
}

export async function readContact(path: string): Promise<Contact> {
  const value = parseJson((await readTextFile(path)) ?? '')
  const health = textField(value, 'health')
  return {
    at: textField(value, 'at') ?? null,
    decision: textField(value, 'decision') ?? null,
    health: health === 'healthy' || health === 'unhealthy' ? health : 'unknown',
    trouble: textField(value, 'trouble') ?? null,
  }
}

/** Adds to the last contact what a person should look at. */
export async function saveTrouble(path: string, trouble: string): Promise<void> {
  await saveContact(path, { ...(await readContact(path)), trouble })
}
