// What installations reported in the past: updates that went well, and those that did not.
import type { Schemas } from '@fairway/client'
import { dieOf } from '../dice.ts'
import { after, before, msOf } from '../times.ts'
import { releaseId } from './products.ts'

type Report = Schemas['InstallationReport']
type Outcome = Schemas['InstallationOutcome']

export interface History {
  /** Newest first. */
  reports: Report[]
  outcomes: Outcome[]
}

interface Update {
  installationId: string
  productId: string
  version: string
  /** What ran before. */
  from: string | null
  /** When it ended. */
  at: string
}

type Told = Pick<Report, 'kind' | 'version' | 'reason'> & { at: string }

function historyOf({ installationId, productId, version, at }: Update, told: Told[]): History {
  const id = releaseId(productId, version)
  const reports = told.map(({ at: receivedAt, ...one }) => ({
    ...one,
    reportId: reportIdOf(installationId, version, one.kind),
    releaseId: id,
    receivedAt,
  }))
  const last = told.at(-1)
  const outcome: Outcome = {
    releaseId: id,
    kind: last?.kind ?? 'offered',
    reason: last?.reason ?? null,
    at,
    offeredAt: before(told[0]?.at ?? at, 5e3),
  }
  return { reports: reports.toReversed(), outcomes: [outcome] }
}

/** Each kind is told once of each version. */
function reportIdOf(installationId: string, version: string, kind: string) {
  return `rp_${installationId.slice(3)}${version.replaceAll(/\W/g, '')}${kind.replace('_', '')}`
}

/** Downloaded, installed, healthy: three minutes, more or less. */
export function wentWell(update: Update): History {
  const { installationId, from, version, at } = update
  const tookMs = msOf('2m') + dieOf(`${installationId} ${version}`, 90_000)
  return historyOf(update, [
    { kind: 'downloaded', version: from, reason: null, at: before(at, tookMs) },
    { kind: 'installed', version, reason: null, at: before(at, tookMs / 3) },
    { kind: 'healthy', version, reason: null, at },
  ])
}

export function wentBack(update: Update & { reason: string }): History {
  const { from, version, at, reason } = update
  return historyOf(update, [
    { kind: 'downloaded', version: from, reason: null, at: before(at, msOf('7m')) },
    { kind: 'installed', version, reason: null, at: before(at, msOf('6m')) },
    { kind: 'failed', version, reason, at: before(at, msOf('40s')) },
    { kind: 'rolled_back', version: from, reason, at },
  ])
}

export function isUnderWay(update: Update): History {
  return historyOf(update, [{ kind: 'downloaded', version: update.from, reason: null, at: update.at }])
}

/** It runs on, but its check fails. */
export function fails(update: Update & { reason: string }): History {
  const { version, at, reason } = update
  return historyOf(update, [{ kind: 'failed', version, reason, at }])
}

/** @param histories newest first */
export function join(histories: History[]): History {
  const outcomes = new Map<string, Outcome>()
  for (const outcome of histories.flatMap((one) => one.outcomes)) {
    const newer = outcomes.get(outcome.releaseId)
    // One for each release, as it ended last.
    outcomes.set(outcome.releaseId, newer ? { ...newer, offeredAt: outcome.offeredAt } : outcome)
  }
  return { reports: histories.flatMap((one) => one.reports), outcomes: [...outcomes.values()] }
}

export function laterBy(at: string, seed: string, span: string) {
  return after(at, dieOf(seed, msOf(span)))
}
