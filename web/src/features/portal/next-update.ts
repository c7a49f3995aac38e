// What comes next to an installation, and why not now, as one of the cases that have words; a rule without input or output.
import type { Schemas } from '#api'

export type Installation = Schemas['Installation']
export type Outlook = Schemas['Outlook']

/** Each has its sentence in words/en/portal.ts. */
export type NextCase =
  | 'retired'
  | 'revoked'
  | 'silent'
  | 'never'
  | 'installing'
  | 'proving'
  | 'now_step'
  | 'now'
  | 'cohort'
  | 'cohort_last'
  | 'cohort_later'
  | 'paused'
  | 'no_artifact'
  | 'refused_here'
  | 'refused_first'
  | 'not_entitled'
  | 'withdrawn'
  | 'nothing_released'
  | 'not_signed'
  | 'needs_bridge'
  | 'newest'
  | 'unknown'

type Facts = Pick<Installation, 'state' | 'condition' | 'version'>

export function nextCaseOf(installation: Facts, outlook: Outlook | undefined): NextCase {
  const { state, condition } = installation
  if (state !== 'active') return state
  if (condition === 'silent') return 'silent'
  // It is not heard: what it would get is no news.
  if (condition === 'never' && outlook?.kind !== 'held') return 'never'
  if (!outlook) return 'unknown'
  if (condition === 'updating') return outlook.kind === 'current' ? 'proving' : installingOr(installation, outlook)
  return caseOfOutlook(installation, outlook)
}

/** It works at something; where that is not what comes next (a second release came meanwhile), the next is what counts. */
function installingOr(installation: Facts, outlook: Outlook): NextCase {
  return outlook.kind === 'update' ? 'installing' : caseOfOutlook(installation, outlook)
}

function caseOfOutlook({ version }: Facts, { kind, code, rollout }: Outlook): NextCase {
  if (kind === 'current') return 'newest'
  if (kind === 'update') return rollout ? 'now_step' : 'now'
  if (code === null) return 'unknown'
  if (code === 'refused_here') return version === null ? 'refused_first' : 'refused_here'
  if (code !== 'cohort') return code
  return cohortCase(rollout)
}

function cohortCase(rollout: Outlook['rollout']): NextCase {
  if (rollout?.state === 'paused') return 'paused'
  if (!rollout || rollout.percentHere === null || rollout.percentHere <= rollout.percentNow) return 'cohort_later'
  return rollout.percentHere >= 100 ? 'cohort_last' : 'cohort'
}

/** Whether that release is on its way to it: now, in a later step, or once it goes on. */
export function isComing({ kind, code, version }: Outlook) {
  return version !== null && (kind === 'update' || (kind === 'held' && (code === 'cohort' || code === 'paused')))
}

/** Of those that are heard: whoever is silent gets nothing before it reports again, whatever is released. */
export function outlooksOfHeard(installations: Installation[], outlooks: Map<string, Outlook>) {
  const isHeard = ({ condition }: Installation) => condition !== 'silent' && condition !== 'never'
  const heard = new Set(installations.filter(isHeard).map(({ id }) => id))
  return new Map([...outlooks].filter(([id]) => heard.has(id)))
}
