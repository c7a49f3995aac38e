// What an installation reported, told as people tell it: the reports of one update are one entry.
import type { Schemas } from '#api'

type Report = Schemas['InstallationReport']

export interface Attempt {
  /** Of its last report: stays when more come before it. */
  key: string
  releaseId: string
  /** What ran before; null: nothing, or not told. */
  from: string | null
  end: 'under_way' | 'healthy' | 'failed' | 'rolled_back'
  reason: string | null
  at: string
  /** From its first report to its last. */
  tookMs: number
}

/** @param reports newest first, as the server lists them; the result, too. */
export function attemptsOf(reports: Report[]): Attempt[] {
  const attempts: Report[][] = []
  for (const report of reports.toReversed()) {
    const open = attempts.at(-1)
    if (open && continues(open, report)) open.push(report)
    else attempts.push([report])
  }
  return attempts.toReversed().map(attemptOf)
}

function continues(open: Report[], { releaseId, kind }: Report) {
  const last = open.at(-1)
  if (last?.releaseId !== releaseId || kind === 'downloaded') return false
  const isOver = last.kind === 'healthy' || last.kind === 'rolled_back'
  // Who went back told first that it failed; what is healthy and told so again is no news.
  return kind === 'installed' ? last.kind === 'downloaded' : !isOver || last.kind === kind
}

function attemptOf(reports: Report[]): Attempt {
  const [first, last] = [reports[0]!, reports.at(-1)!]
  return {
    key: first.reportId,
    releaseId: last.releaseId,
    from: first.kind === 'downloaded' ? first.version : null,
    end: last.kind === 'downloaded' || last.kind === 'installed' ? 'under_way' : last.kind,
    reason: reports.findLast(({ reason }) => reason !== null)?.reason ?? null,
    at: last.receivedAt,
    tookMs: Date.parse(last.receivedAt) - Date.parse(first.receivedAt),
  }
}
