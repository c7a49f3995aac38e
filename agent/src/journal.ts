// The one update in progress: written before each step, so that a restart knows where it was; DIR/state/journal.json.
import { randomUUID } from 'node:crypto'
import type { ArtifactKind, PlainContent } from '@fairway/trust'
import { AgentError } from './agent-error.ts'
import { readJsonFile, writeDurably } from './files.ts'
import { field, isObject, numberField, textField } from './json.ts'
import { readInstalled, type Installed } from './state.ts'

export type Phase = 'fetch' | 'switch' | 'back' | 'fail'
export type ReportKind = 'downloaded' | 'installed' | 'healthy' | 'failed' | 'rolled_back'

/** A verified release and its artifact for this machine; `url` is the server's word and the only part that is not signed. */
export interface Target extends Installed {
  artifact: { name: string; kind: ArtifactKind; size: number; sha256: string; sha512: string; plain?: PlainContent; url: string }
}

/** What this update cost: `bytes` of patch and file together, and whether the patch was all that was needed. */
export interface Fetched {
  bytes: number
  how: 'patch' | 'whole'
}

export interface Failure {
  code: string
  reason: string
  lasting: boolean
}

/**
 * `from`: what to go back to. `attempts`: how often the switch was begun. `silent`: this failure was already told.
 * `reportIds` are made once, so that a report that is queued again after a crash is the same report.
 */
export interface Journal {
  format: 1
  id: string
  phase: Phase
  step: string
  attempts: number
  target: Target
  from: Installed | null
  failure: Failure | null
  silent: boolean
  fetched: Fetched | null
  reportIds: Record<ReportKind, string>
}

const phases: readonly Phase[] = ['fetch', 'switch', 'back', 'fail']
const kinds: readonly ReportKind[] = ['downloaded', 'installed', 'healthy', 'failed', 'rolled_back']
const artifactKinds: readonly ArtifactKind[] = ['tar.gz', 'tar.zst', 'zip', 'opaque']

export function createJournal(target: Target, from: Installed | null): Journal {
  const reportIds = { downloaded: '', installed: '', healthy: '', failed: '', rolled_back: '' }
  for (const kind of kinds) reportIds[kind] = randomUUID()
  return {
    format: 1,
    id: randomUUID(),
    phase: 'fetch',
    step: 'patch',
    attempts: 0,
    target,
    from,
    failure: null,
    silent: false,
    fetched: null,
    reportIds,
  }
}

export async function saveJournal(path: string, journal: Journal): Promise<void> {
  await writeDurably(path, `${JSON.stringify(journal, null, 2)}\n`)
}

export async function readJournal(path: string): Promise<Journal | undefined> {
  const value = await readJsonFile(path)
  if (value === undefined) return undefined
  const journal = parseJournal(value)
  if (!journal)
    throw new AgentError(
      'file.damaged',
      `${path} is not a journal of this agent. Look what runs, then remove it and start the agent again.`,
    )
  return journal
}

function parseJournal(value: unknown): Journal | undefined {
  const phase = phases.find((known) => known === field(value, 'phase'))
  const target = readTarget(field(value, 'target'))
  const reportIds = readReportIds(field(value, 'reportIds'))
  const id = textField(value, 'id')
  if (field(value, 'format') !== 1 || !phase || !target || !reportIds || !id) return undefined
  const from = readInstalled(field(value, 'from')) ?? null
  const rest = {
    step: textField(value, 'step') ?? '',
    attempts: numberField(value, 'attempts') ?? 0,
    silent: field(value, 'silent') === true,
    fetched: readFetched(field(value, 'fetched')),
  }
  return { format: 1, id, phase, ...rest, target, from, failure: readFailure(field(value, 'failure')), reportIds }
}

function readTarget(value: unknown): Target | undefined {
  const installed = readInstalled(value)
  const artifact = field(value, 'artifact')
  const kind = artifactKinds.find((known) => known === field(artifact, 'kind'))
  const size = numberField(artifact, 'size')
  const [name, sha256, sha512, url] = ['name', 'sha256', 'sha512', 'url'].map((key) => textField(artifact, key))
  if (!installed || !kind || size === undefined || !name || !sha256 || !sha512 || !url) return undefined
  const plain = readPlain(field(artifact, 'plain'))
  return { ...installed, artifact: { name, kind, size, sha256, sha512, ...(plain && { plain }), url } }
}

function readPlain(value: unknown): PlainContent | undefined {
  const [sha256, size] = [textField(value, 'sha256'), numberField(value, 'size')]
  return sha256 && size !== undefined ? { sha256, size } : undefined
}

function readFetched(value: unknown): Fetched | null {
  const bytes = numberField(value, 'bytes')
  return bytes === undefined ? null : { bytes, how: field(value, 'how') === 'patch' ? 'patch' : 'whole' }
}

function readFailure(value: unknown): Failure | null {
  if (!isObject(value)) return null
  return {
    code: textField(value, 'code') ?? '',
    reason: textField(value, 'reason') ?? '',
    lasting: field(value, 'lasting') === true,
  }
}

function readReportIds(value: unknown): Journal['reportIds'] | undefined {
  const [downloaded, installed, healthy, failed, rolled_back] = kinds.map((kind) => textField(value, kind))
  if (!downloaded || !installed || !healthy || !failed || !rolled_back) return undefined
  return { downloaded, installed, healthy, failed, rolled_back }
}
