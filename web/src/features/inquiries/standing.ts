// Where an inquiry stands, as one of a few situations: what it says follows from it.
import type { Schemas } from '#api'
import type { Tone } from '#ui'

export const SITUATIONS = [
  'proven',
  'solved',
  'waits',
  'new',
  'searching',
  'answering',
  'reopened',
  'making_fix',
  'installing',
  'proving',
  'unhealthy',
  'nobody_reports',
] as const
export type Situation = (typeof SITUATIONS)[number]

type Inquiry = Pick<Schemas['Inquiry'], 'status' | 'kind' | 'fix'>

/** By what the server says of why it is not closed; a reason that we do not know yet is one more reason to wait for the fix. */
const BY_REASON: Record<string, Situation> = {
  not_installed: 'installing',
  nobody_reports: 'nobody_reports',
  not_healthy: 'unhealthy',
  healthy_before_reopening: 'proving',
  proving: 'proving',
}

export function situationOf({ status, kind, fix }: Inquiry): Situation {
  if (status === 'closed_by_itself') return 'proven'
  if (status === 'closed') return 'solved'
  if (status === 'waits_for_customer') return 'waits'
  if (fix && fix.because !== 'nothing_to_fix') return BY_REASON[fix.because] ?? 'making_fix'
  if (status === 'reopened') return 'reopened'
  if (status === 'new') return 'new'
  return kind === 'incident_report' ? 'searching' : 'answering'
}

export function toneOfSituation(situation: Situation): Tone {
  if (situation === 'proven') return 'ok'
  if (situation === 'waits' || situation === 'unhealthy' || situation === 'reopened' || situation === 'nobody_reports')
    return 'warn'
  return situation === 'solved' ? 'mute' : 'info'
}

/** The way from report to proof says something only where there is, or may be, a fault to mend. */
export function hasWay({ status, kind, stations }: Pick<Schemas['Inquiry'], 'status' | 'kind' | 'stations'>) {
  const isCauseKnown = stations.some(({ station, state }) => station === 'cause' && state === 'done')
  return isCauseKnown || (kind === 'incident_report' && status !== 'closed')
}
