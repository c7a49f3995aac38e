// Who this installation is: its own key, and the product's key that it pinned; DIR/state/identity.json, mode 0600.
import { AgentError } from './agent-error.ts'
import { readJsonFile, writeDurably } from './files.ts'
import { field, textField } from './json.ts'

/** What is known before the server answered: kept first, so that a lost answer can be asked for again with the same key. */
export interface PendingIdentity {
  format: 1
  server: string
  tokenSha256: string
  publicKey: string
  privateKey: string
}

export interface Identity extends PendingIdentity {
  installationId: string
  product: string
  channel: string
  manifestKey: string
}

export async function readIdentity(path: string): Promise<Identity | PendingIdentity | undefined> {
  const value = await readJsonFile(path)
  if (value === undefined) return undefined
  const pending = { format: 1 as const, ...texts(value, ['server', 'tokenSha256', 'publicKey', 'privateKey']) }
  if (field(value, 'format') !== 1 || !pending.server)
    throw new AgentError('file.damaged', `${path} is not an identity of this agent.`)
  if (field(value, 'installationId') === undefined) return pending
  return { ...pending, ...texts(value, ['installationId', 'product', 'channel', 'manifestKey']) }
}

export function isEnrolled(identity: Identity | PendingIdentity | undefined): identity is Identity {
  return identity !== undefined && 'installationId' in identity
}

/** Throws an AgentError where this folder was not enrolled yet. */
export async function getIdentity(path: string): Promise<Identity> {
  const identity = await readIdentity(path)
  if (isEnrolled(identity)) return identity
  throw new AgentError('enrolment.missing', 'This folder is not enrolled yet. Run the enrolment command that the server shows.')
}

export async function saveIdentity(path: string, identity: Identity | PendingIdentity): Promise<void> {
  await writeDurably(path, `${JSON.stringify(identity, null, 2)}\n`)
}

function texts<Name extends string>(value: unknown, names: readonly Name[]): Record<Name, string> {
  const read = names.map((name) => {
    const text = textField(value, name)
    if (text === undefined)
      throw new AgentError(
        'file.damaged',
        `The identity lacks "${name}". Restore state/identity.json, or enrol again in an empty folder.`,
      )
    return [name, text] as const
  })
  // fromEntries forgets which names it was given; they are exactly `names`.
  return Object.fromEntries(read) as Record<Name, string>
}
