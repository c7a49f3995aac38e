// What happened here, kept on disk until the server has it: in order, each at least once, always under the same id.
import { readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { ServerProblem } from './agent-error.ts'
import { makeFolder, readJsonFile, removeDurably, writeDurably } from './files.ts'
import type { Fetched, ReportKind } from './journal.ts'
import { listField } from './json.ts'
import type { Layout } from './layout.ts'
import type { Log } from './log.ts'
import type { Session } from './session.ts'

/** `version` is what runs at that moment, null where nothing does. */
export interface Report {
  reportId: string
  releaseId: string
  kind: ReportKind
  version: string | null
  reason?: string
  /** Only to servers that sign plain contents: older ones refuse fields that they do not know. */
  fetched?: Fetched
}

interface Queued {
  file: string
  reportId: string
}

const maxBatch = 50
const fileName = /^(\d{10})-([0-9a-f-]{36})\.json$/

/** Does nothing where the report waits already. */
export async function queueReport(layout: Layout, report: Report): Promise<void> {
  const waiting = await listQueue(layout)
  if (waiting.some(({ reportId }) => reportId === report.reportId)) return
  const last = Number(waiting.at(-1)?.file.slice(0, 10) ?? 0)
  const name = `${String(last + 1).padStart(10, '0')}-${report.reportId}.json`
  await writeDurably(join(layout.reports, name), `${JSON.stringify(report)}\n`)
}

export async function countReports(layout: Layout): Promise<number> {
  return (await listQueue(layout)).length
}

/** Sends what waits; a report leaves the disk only when the server says that it is stored. Throws a ServerProblem where it cannot. */
export async function sendReports(layout: Layout, session: Session, log: Log): Promise<void> {
  for (let batchSize = maxBatch; ;) {
    const batch = (await listQueue(layout)).slice(0, batchSize)
    if (batch.length === 0) return
    const outcome = await sendBatch(layout, session, batch)
    // One report that the server will never take must not hold back all others: find it alone, and put it aside.
    if (outcome instanceof ServerProblem && batch.length === 1) await putAside({ layout, log }, batch[0]!, outcome)
    batchSize = outcome instanceof ServerProblem ? 1 : maxBatch
  }
}

async function sendBatch(layout: Layout, session: Session, batch: Queued[]): Promise<ServerProblem | undefined> {
  const reports = await Promise.all(batch.map(({ file }) => readJsonFile(join(layout.reports, file))))
  try {
    const stored = listField(await session.post('/updates/v1/reports', { reports }), 'stored')
    const done = batch.filter(({ reportId }) => stored.includes(reportId))
    if (done.length === 0)
      throw new ServerProblem({ status: 200, code: 'reports.not_stored', message: 'The server did not store the reports.' })
    for (const { file } of done) await removeDurably(join(layout.reports, file))
    return undefined
  } catch (error) {
    if (error instanceof ServerProblem && [400, 404, 413, 422].includes(error.status)) return error
    throw error
  }
}

async function putAside({ layout, log }: { layout: Layout; log: Log }, { file }: Queued, problem: ServerProblem): Promise<void> {
  await makeFolder(layout.refusedReports)
  await rename(join(layout.reports, file), join(layout.refusedReports, file))
  log.error('the server refuses a report; it is kept in state/reports-refused', {
    file,
    code: problem.code,
    reason: problem.message,
  })
}

async function listQueue(layout: Layout): Promise<Queued[]> {
  const files = (await readdir(layout.reports)).sort()
  return files.flatMap((file) => {
    const reportId = fileName.exec(file)?.[2]
    return reportId ? [{ file, reportId }] : []
  })
}
