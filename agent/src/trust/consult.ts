// Brings the product's TUF metadata up to date and asks it one question; what was verified is kept even where the rest fails.
import { join } from 'node:path'
import type { TargetsDocument, TufTarget } from '@fairway/trust'
import { Updater } from 'tuf-js'
import type { Agent } from '../agent.ts'
import { sentenceOf } from '../agent-error.ts'
import { readTextFile } from '../files.ts'
import { field, parseJson, textField } from '../json.ts'
import { isBootstrapped, metadataPath, NO_TUF, takeFirstRoot } from './first-root.ts'
import { createMetadataFetcher, type MetadataFetcher } from './metadata-fetcher.ts'
import { keepMetadata, openWorkFolder } from './metadata-files.ts'
import { expired, untrusted, type Untrusted } from './untrusted.ts'

/** `targets`: the verified top-level targets. `find`: what the roles of the channels say about a path. */
export interface ImageRepository {
  targets: TargetsDocument
  find(path: string): Promise<TufTarget | undefined>
}

export type Consulted<Answer> = { ok: true; answer: Answer } | Untrusted

const refreshMs = 120_000

/** Throws a ServerProblem where the server does not answer, or without measure or end. */
export async function consult<Answer>(
  agent: Agent,
  ask: (repository: ImageRepository) => Promise<Answer>,
  timeoutMs = refreshMs,
): Promise<Consulted<Answer>> {
  const first = await haveRoot(agent)
  if (!first.ok) return first
  const work = await openWorkFolder(agent.layout)
  const fetcher = createMetadataFetcher(agent.session, { timeoutMs, stopping: agent.stopping })
  try {
    const updater = openUpdater(agent, work, fetcher)
    await updater.refresh()
    const answer = await ask({ targets: await readTargets(work), find: (path) => updater.getTargetInfo(path) })
    await agent.refreshes.note(true)
    return { ok: true, answer }
  } catch (error) {
    return await explain(error, fetcher, work)
  } finally {
    await keepMetadata(agent.layout)
  }
}

/** A root that cannot be read is no way back to format 1: the pinned key is, and from it the whole chain of roots again. */
async function haveRoot(agent: Agent): Promise<{ ok: true } | Untrusted> {
  const known = await isBootstrapped(agent.layout)
  if (known && isUsable(agent)) return { ok: true }
  if (known) agent.log.warn('the root of trust on the disk is damaged; beginning anew from the pinned key')
  const first = await takeFirstRoot(agent)
  return known && !first.ok && first.code === NO_TUF
    ? untrusted('trust.downgrade', 'The server no longer has the signed metadata that this installation relies on.')
    : first
}

function isUsable(agent: Agent): boolean {
  try {
    openUpdater(agent, agent.layout.tuf)
    return true
  } catch {
    return false
  }
}

function openUpdater({ identity }: Agent, metadataDir: string, fetcher?: MetadataFetcher): Updater {
  const metadataBaseUrl = new URL(metadataPath(identity.product), identity.server).href
  return new Updater({ metadataDir, metadataBaseUrl, config: { fetchRetry: 0 }, ...(fetcher && { fetcher }) })
}

async function readTargets(work: string): Promise<TargetsDocument> {
  // tuf-js writes this file only after it verified it, and refused it otherwise before we come here.
  const { signed } = JSON.parse((await readTextFile(join(work, 'targets.json'))) ?? '') as { signed: TargetsDocument }
  return signed
}

async function explain(error: unknown, fetcher: MetadataFetcher, work: string): Promise<Untrusted> {
  const problem = fetcher.problem()
  if (problem) throw problem
  const role = /(\S+)\.json is expired/.exec(sentenceOf(error))?.[1]
  if (role === undefined)
    return untrusted('trust.metadata_wrong', `The server's signed metadata are refused: ${sentenceOf(error)}`)
  const expires = fetcher.expiryOf(role) ?? (await expiryOnDisk(work, role)) ?? 'an unknown time'
  return expired('trust.metadata_expired', `The product's signed metadata (${role})`, { expires, now: new Date() })
}

async function expiryOnDisk(work: string, role: string): Promise<string | undefined> {
  const text = await readTextFile(join(work, `${encodeURIComponent(role)}.json`))
  return textField(field(parseJson(text ?? ''), 'signed'), 'expires')
}
