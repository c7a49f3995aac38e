// The step from the key that was pinned at enrolment to TUF: takes version 1 of the root once, if that key signed it.
import { join } from 'node:path'
import { isFirstRoot } from '@fairway/trust'
import type { Agent } from '../agent.ts'
import { ServerProblem } from '../agent-error.ts'
import { unreachable } from '../ask-server.ts'
import { crashPoint } from '../crash.ts'
import { makeFolder, readTextFile, writeDurably } from '../files.ts'
import { parseJson } from '../json.ts'
import type { Layout } from '../layout.ts'
import { readAtMost } from './metadata-fetcher.ts'
import { untrusted, type Untrusted } from './untrusted.ts'

const maxRootBytes = 512 * 1024
const timeoutMs = 30_000

/** The code of a Fairway from before TUF. */
export const NO_TUF = 'trust.none'

export function metadataPath(product: string): string {
  return `/updates/tuf/${encodeURIComponent(product)}/metadata`
}

/** From then on this installation believes nothing but TUF; a damaged file counts, or damage would be a way back. */
export async function isBootstrapped({ tuf }: Pick<Layout, 'tuf'>): Promise<boolean> {
  return (await readTextFile(join(tuf, 'root.json'))) !== undefined
}

/** Throws a ServerProblem where the server does not answer. */
export async function takeFirstRoot({ layout, identity, session, stopping }: Agent): Promise<{ ok: true } | Untrusted> {
  const bytes = await fetchFirstRoot({ session, stopping }, `${metadataPath(identity.product)}/1.root.json`)
  if (!bytes) return untrusted(NO_TUF, 'This server has no TUF metadata of the product.')
  const text = bytes.toString('utf8')
  if (!isFirstRoot(parseJson(text), identity.manifestKey))
    return untrusted(
      'trust.root_wrong',
      'The first root of the product is not signed by the key that was pinned at enrolment. Something between here and the server may be changing what is sent.',
    )
  await makeFolder(layout.tuf)
  crashPoint('keep_first_root', 'before')
  await writeDurably(join(layout.tuf, 'root.json'), text)
  crashPoint('keep_first_root', 'after')
  return { ok: true }
}

async function fetchFirstRoot({ session, stopping }: Pick<Agent, 'session' | 'stopping'>, path: string) {
  try {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)])
    return await readAtMost(await session.open(path, {}, signal), maxRootBytes)
  } catch (error) {
    if (!(error instanceof ServerProblem)) throw unreachable(error)
    if (error.status === 404) return undefined
    throw error
  }
}
