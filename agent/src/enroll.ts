// `enroll`: makes this installation's key, tells the server, and pins the product's key after comparing its fingerprint.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { createSigningKey, fingerprintOf } from '@fairway/trust'
import packageFile from '../package.json' with { type: 'json' }
import { AgentError, ServerProblem } from './agent-error.ts'
import { askServer } from './ask-server.ts'
import { parseConfig, readConfig } from './config.ts'
import { makeFolder, readTextFile, removeDurably, writeDurably } from './files.ts'
import { isEnrolled, readIdentity, saveIdentity, type Identity, type PendingIdentity } from './identity.ts'
import { parseJson, textField } from './json.ts'
import { layoutOf, makeLayout, type Layout } from './layout.ts'
import { lockFolder } from './lock.ts'

export interface Enrolment {
  server: string
  token: string
  fingerprint: string
  dir: string
  name?: string
  config?: string
}

/** May be repeated with the same token until the answer arrived. AgentErrors `enrolment.…`, `config.…`, `lock.taken`; ServerProblem where the server is out of reach. */
export async function enroll(enrolment: Enrolment): Promise<Identity> {
  const server = serverOrigin(enrolment.server)
  if (!/^sha256:[0-9a-f]{64}$/.test(enrolment.fingerprint))
    throw new AgentError('usage.fingerprint', '--fingerprint must be sha256: and 64 hex digits, as in the enrolment command.')
  await makeFolder(enrolment.dir)
  await using _lock = await lockFolder(enrolment.dir)
  const layout = layoutOf(enrolment.dir)
  await makeLayout(layout)
  await takeConfig(layout, enrolment.config)
  const pending = await ownIdentity(layout, server, enrolment.token)
  if (isEnrolled(pending)) return pending
  const identity = pin(pending, await ask(layout, pending, enrolment), enrolment.fingerprint)
  await saveIdentity(layout.identity, identity)
  return identity
}

function serverOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const plain = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.username
  if (!plain)
    throw new AgentError('usage.server', 'The server must be an address like https://fairway.example.com, without a path.')
  return url.origin
}

// A configuration that cannot be used is said now, not when the first update stands before the door.
async function takeConfig(layout: Layout, given: string | undefined): Promise<void> {
  if (given !== undefined) {
    const text = await readFile(given, 'utf8')
    parseConfig(parseJson(text), given)
    await writeDurably(layout.config, text)
  } else if ((await readTextFile(layout.config)) !== undefined) await readConfig(layout.config)
}

/** The key is on disk before the server hears of it: where its answer is lost, the same key asks again. */
async function ownIdentity(layout: Layout, server: string, token: string): Promise<Identity | PendingIdentity> {
  const tokenSha256 = createHash('sha256').update(token).digest('hex')
  const known = await readIdentity(layout.identity)
  if (known && known.tokenSha256 === tokenSha256 && known.server === server) return known
  if (isEnrolled(known))
    throw new AgentError(
      'enrolment.done',
      `This folder is enrolled already, as ${known.installationId} of ${known.product}. Use another folder.`,
    )
  if (known) {
    const advice = 'Repeat that command, or remove state/identity.json to begin anew.'
    throw new AgentError('enrolment.begun', `An enrolment with another token was begun here and its answer never came. ${advice}`)
  }
  const pending: PendingIdentity = { format: 1, server, tokenSha256, ...createSigningKey() }
  await saveIdentity(layout.identity, pending)
  return pending
}

async function ask(layout: Layout, pending: PendingIdentity, { token, name }: Enrolment): Promise<unknown> {
  const where = { platform: process.platform, arch: process.arch, name: name ?? hostname(), agentVersion: packageFile.version }
  const body = { token, publicKey: pending.publicKey, ...where }
  try {
    return await askServer(new URL('/updates/v1/enrolments', pending.server), {
      method: 'POST',
      body,
      signal: new AbortController().signal,
    })
  } catch (error) {
    if (!(error instanceof ServerProblem) || error.status < 400 || error.status >= 500 || error.status === 429) throw error
    // A clear no: nothing of this try is worth keeping, and the next command must find an empty folder.
    await removeDurably(layout.identity)
    throw new AgentError('enrolment.refused', `The server refused the enrolment (${error.code}): ${error.message}`)
  }
}

function pin(pending: PendingIdentity, answer: unknown, fingerprint: string): Identity {
  const [installationId, product, channel, manifestKey] = ['installationId', 'product', 'channel', 'manifestKey'].map((name) =>
    textField(answer, name),
  )
  if (!installationId || !product || !channel || !manifestKey)
    throw new AgentError('enrolment.malformed', 'The server answered without the fields of an enrolment.')
  if (readFingerprint(manifestKey) !== fingerprint) {
    const warning = 'Something between here and the server may be changing what is sent. Nothing was pinned.'
    throw new AgentError(
      'enrolment.fingerprint_wrong',
      `The server's key is not the one that the enrolment command names. ${warning}`,
    )
  }
  return { ...pending, installationId, product, channel, manifestKey }
}

function readFingerprint(manifestKey: string): string | undefined {
  try {
    return fingerprintOf(manifestKey)
  } catch {
    // No key at all: it cannot be the one that the command names.
    return undefined
  }
}
