// Tells the server once for each release that something here, most often the clock, keeps it from being believed.
import { createHash } from 'node:crypto'
import { verifyManifest } from '@fairway/trust'
import type { Agent } from '../agent.ts'
import { queueReport } from '../report-queue.ts'
import { readState, saveState } from '../state.ts'
import type { Untrusted } from './untrusted.ts'

/** `manifest`: of the same offer; only names the release that the report is about. */
export async function tellSetback(agent: Agent, { code, reason }: Untrusted, manifest: unknown): Promise<void> {
  const { layout, identity } = agent
  const about = verifyManifest(manifest, identity.manifestKey)
  if (!about.ok) return
  const { releaseId } = about.manifest
  const state = await readState(layout.stateFile)
  if (state.setback?.releaseId === releaseId && state.setback.code === code) return
  const reportId = idOf([identity.installationId, releaseId, code])
  // The report first, under an id that is always the same: a kill in between tells it again, and it counts once.
  await queueReport(layout, { reportId, releaseId, kind: 'failed', version: state.current?.version ?? null, reason })
  await saveState(layout.stateFile, { ...state, setback: { releaseId, code, reason } })
}

/** RFC 9562 §5.8: an id made of a digest. */
function idOf(parts: string[]): string {
  const hex = createHash('sha256').update(parts.join('\n')).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}
