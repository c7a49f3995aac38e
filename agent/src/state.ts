// What is true between updates: what runs, what ran, what rolled back here; DIR/state/state.json.
import { AgentError } from './agent-error.ts'
import { readJsonFile, writeDurably } from './files.ts'
import { field, isObject, listField, numberField, textField } from './json.ts'

/** A version that was proven healthy here; `folder` lies below versions/. */
export interface Installed {
  releaseId: string
  version: string
  sequence: number
  folder: string
}

export interface Refused {
  releaseId: string
  version: string
  reason: string
}

/**
 * `history`: proven versions, newest first, `current` among them. `setback`: the last failure that may pass (a full disk).
 * `settled`: the journal whose outcome is already part of this state.
 */
export interface State {
  format: 1
  current: Installed | null
  history: Installed[]
  highestSequence: number
  refused: Refused[]
  setback: { releaseId: string; code: string; reason: string } | null
  settled: string | null
  direction: BelievedDirection | null
}

/** The newest word of the director that was believed here: what it named, and the keys that the director had then. */
export interface BelievedDirection {
  version: number
  path: string
  keyids: string[]
}

export const emptyState: State = {
  format: 1,
  current: null,
  history: [],
  highestSequence: 0,
  refused: [],
  setback: null,
  settled: null,
  direction: null,
}

export async function readState(path: string): Promise<State> {
  const value = await readJsonFile(path)
  if (value === undefined) return emptyState
  if (field(value, 'format') !== 1) throw new AgentError('file.damaged', `${path} was not written by this version of the agent.`)
  return {
    format: 1,
    current: readInstalled(field(value, 'current')) ?? null,
    history: listField(value, 'history').flatMap((entry) => readInstalled(entry) ?? []),
    highestSequence: numberField(value, 'highestSequence') ?? 0,
    refused: listField(value, 'refused').map(readRefused),
    setback: readSetback(field(value, 'setback')),
    settled: textField(value, 'settled') ?? null,
    direction: readDirection(field(value, 'direction')),
  }
}

export async function saveState(path: string, state: State): Promise<void> {
  await writeDurably(path, `${JSON.stringify(state, null, 2)}\n`)
}

export function readInstalled(value: unknown): Installed | undefined {
  if (!isObject(value)) return undefined
  const installed = {
    releaseId: textField(value, 'releaseId'),
    version: textField(value, 'version'),
    folder: textField(value, 'folder'),
  }
  const { releaseId, version, folder } = installed
  const sequence = numberField(value, 'sequence')
  return releaseId && version && folder && sequence !== undefined ? { releaseId, version, sequence, folder } : undefined
}

function readRefused(value: unknown): Refused {
  return {
    releaseId: textField(value, 'releaseId') ?? '',
    version: textField(value, 'version') ?? '',
    reason: textField(value, 'reason') ?? '',
  }
}

function readSetback(value: unknown): State['setback'] {
  if (!isObject(value)) return null
  return {
    releaseId: textField(value, 'releaseId') ?? '',
    code: textField(value, 'code') ?? '',
    reason: textField(value, 'reason') ?? '',
  }
}

function readDirection(value: unknown): BelievedDirection | null {
  const version = numberField(value, 'version')
  const path = textField(value, 'path')
  if (version === undefined || path === undefined) return null
  return { version, path, keyids: listField(value, 'keyids').filter((keyid) => typeof keyid === 'string') }
}
