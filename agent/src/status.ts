// `status`: what runs here, how it is, and what the agent last heard; asks no server.
import { readConfig } from './config.ts'
import { readContact } from './contact.ts'
import { healthNow } from './cycle.ts'
import { getIdentity } from './identity.ts'
import { readJournal } from './journal.ts'
import { layoutOf } from './layout.ts'
import { isLocked } from './lock.ts'
import { countReports } from './report-queue.ts'
import { readState } from './state.ts'
import { readTrust, renderTrust } from './trust/trust-status.ts'

export async function readStatus(dir: string) {
  const layout = layoutOf(dir)
  const { server, installationId, product, channel } = await getIdentity(layout.identity)
  const state = await readState(layout.stateFile)
  const journal = await readJournal(layout.journal)
  const contact = await readContact(layout.contact)
  const health = await healthNow({ layout, config: await readConfig(layout.config) }, state)
  return {
    server,
    installationId,
    product,
    channel,
    agentRunning: await isLocked(dir),
    version: state.current?.version ?? null,
    releaseId: state.current?.releaseId ?? null,
    health,
    update: journal ? { version: journal.target.version, phase: journal.phase, step: journal.step } : null,
    refused: state.refused,
    setback: state.setback,
    reportsWaiting: await countReports(layout),
    lastContact: contact.at,
    lastDecision: contact.decision,
    trust: await readTrust(layout),
    trouble: contact.trouble,
  }
}

export type Status = Awaited<ReturnType<typeof readStatus>>

export function renderStatus(status: Status): string {
  const { update } = status
  const rows: [string, string | null][] = [
    ['installation', `${status.installationId} of ${status.product}, channel ${status.channel}, at ${status.server}`],
    ['agent', status.agentRunning ? 'running' : 'not running'],
    ['runs', status.version ? `${status.version} (${status.releaseId}), ${status.health}` : 'nothing yet'],
    ['update', update ? `to ${update.version}, at the step ${update.step}` : 'none in progress'],
    ['last contact', status.lastContact ? `${status.lastContact}, ${status.lastDecision}` : 'never'],
    ['trust', renderTrust(status.trust)],
    ['reports', status.reportsWaiting > 0 ? `${status.reportsWaiting} wait to be sent` : null],
    ['setback', status.setback ? status.setback.reason : null],
    ['trouble', status.trouble],
    ...status.refused.map(({ version, reason }): [string, string] => ['refused here', `${version}: ${reason}`]),
  ]
  return rows.flatMap(([name, text]) => (text === null ? [] : `${name.padEnd(14)}${text}`)).join('\n')
}
