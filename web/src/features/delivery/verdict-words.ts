// The verdict of a rollout in words: a sentence, and why. The server's own sentence stands where we have none.
import type { TFunction } from 'i18next'
import { formatDuration, formatFuture, formatPercent, formatShare } from '#ui'
import { useTranslation } from '#words'
import { currentStep, openOf, totalsOf } from './progress.ts'
import type { Counts, RolloutDetails } from './queries.ts'

interface Words {
  head: string
  why?: string | undefined
}

export function useVerdictWords(rollout: RolloutDetails, counts: Counts): Words {
  const { t } = useTranslation()
  if (rollout.state === 'complete') return completeWords(t, rollout)
  const words = reasonWords(t, rollout)
  if (rollout.state !== 'halted') return words
  return { head: words.head, why: [words.why, haltedWords(t, rollout, counts)].filter(Boolean).join(' ') }
}

/** One sentence for lists. */
export function useVerdictSentence(rollout: RolloutDetails) {
  const { t } = useTranslation()
  return rollout.state === 'paused'
    ? `${t('rollouts.paused')} ${t('rollouts.reason_given', { reason: rollout.because })}`
    : reasonWords(t, rollout).head
}

function reasonWords(t: TFunction, rollout: RolloutDetails): Words {
  const { code, text } = rollout.verdict
  const reason = text === '' ? undefined : t('rollouts.reason_given', { reason: text })
  switch (code) {
    case 'still_updating':
    case 'no_reports_yet':
    case 'baking':
      return waitWords(t, rollout, code)
    case 'nobody_enrolled':
      return { head: t('rollouts.nobody_enrolled'), why: t('rollouts.nobody_enrolled_why') }
    case 'healthy_enough':
    case 'starting':
    case 'step_started':
      return goWords(t, rollout, code)
    case 'paused':
      return { head: t('rollouts.paused'), why: reason }
    case 'resumed':
      return { head: t('rollouts.resumed'), why: reason }
    case 'halted_by_person':
      return {
        head: rollout.endedBy ? t('rollouts.halted_by', { name: rollout.endedBy.name }) : t('rollouts.halted_by_person'),
        why: reason,
      }
    case 'release_withdrawn':
      return {
        head: rollout.endedBy
          ? t('rollouts.release_withdrawn_by', { name: rollout.endedBy.name })
          : t('rollouts.release_withdrawn'),
        why: reason,
      }
    case 'too_many_failed':
    case 'too_many_of_step_failed':
    case 'step_failed':
      return harmWords(t, rollout, code)
    default:
      return { head: text }
  }
}

function waitWords(t: TFunction, rollout: RolloutDetails, code: 'still_updating' | 'no_reports_yet' | 'baking'): Words {
  const { values } = rollout.verdict
  const { failed, reported } = totalsOf(rollout)
  const step = rollout.step
  const harm = failed > 0 ? t('rollouts.some_failed', { count: failed, reported }) : reported > 0 ? t('rollouts.no_harm') : ''
  const join = (rest: string) => `${harm} ${rest}`.trim()
  if (code === 'no_reports_yet')
    return { head: join(t('rollouts.no_reports_yet', { step })), why: t('rollouts.no_reports_yet_why') }
  if (code === 'still_updating') {
    const silence = formatDuration(rollout.silentAfterSeconds * 1000)
    return {
      head: join(t('rollouts.still_updating', { count: values.pending ?? 0 })),
      why: t('rollouts.updating_why', { silence }),
    }
  }
  const until = values.until === undefined ? '' : formatFuture(new Date(values.until))
  const current = currentStep(rollout)
  const bake = formatDuration((current?.bakeSeconds ?? 0) * 1000)
  const isAnyAbsent = current?.tally ? openOf(current.tally) > 0 : false
  return {
    head: join(t('rollouts.baking', { step, until })),
    why: t(isAnyAbsent ? 'rollouts.baking_why_absent' : 'rollouts.baking_why', { bake }),
  }
}

function goWords(t: TFunction, rollout: RolloutDetails, code: 'healthy_enough' | 'starting' | 'step_started'): Words {
  const { healthy = 0, reported = 0, step = rollout.step, steps = rollout.steps.length, percent = 0 } = rollout.verdict.values
  if (code === 'healthy_enough')
    return { head: t('rollouts.healthy_enough', { healthy, reported }), why: t('rollouts.healthy_enough_why') }
  if (code === 'starting') return { head: t('rollouts.starting'), why: t('rollouts.step_started_why') }
  return {
    head: t('rollouts.step_started', { step, steps, percent: formatPercent(percent) }),
    why: t('rollouts.step_started_why'),
  }
}

function harmWords(
  t: TFunction,
  rollout: RolloutDetails,
  code: 'too_many_failed' | 'too_many_of_step_failed' | 'step_failed',
): Words {
  const { failed = 0, reported = 0, of = 0 } = rollout.verdict.values
  const { minFailed, maxFailedShare } = rollout.limits
  const why = t('rollouts.harm_why', { min: minFailed, share: formatShare(maxFailedShare, 1) })
  return {
    head: code === 'step_failed' ? t('rollouts.step_failed', { count: of }) : t(`rollouts.${code}`, { failed, reported }),
    why,
  }
}

function completeWords(t: TFunction, rollout: RolloutDetails): Words {
  const { healthy, failed, reached, open } = totalsOf(rollout)
  const { version, startedAt, endedAt } = rollout
  const took = formatDuration(Date.parse(endedAt ?? startedAt) - Date.parse(startedAt))
  const head =
    reached === 0
      ? t('rollouts.complete_none')
      : healthy === reached
        ? t('rollouts.complete_all', { count: reached, version })
        : t('rollouts.complete_some', { count: healthy, members: reached, version })
  const why = [
    t('rollouts.complete_took', { took }),
    failed > 0 ? t('rollouts.complete_failed', { count: failed }) : '',
    open > 0 ? t('rollouts.complete_absent', { count: open }) : '',
  ]
  return { head, why: why.filter(Boolean).join(' ') }
}

/** How far the harm went, and who has it now. */
function haltedWords(t: TFunction, rollout: RolloutDetails, counts: Counts) {
  const { reached, total, toCome } = totalsOf(rollout)
  const { version, startedAt, endedAt } = rollout
  const took = formatDuration(Date.parse(endedAt ?? startedAt) - Date.parse(startedAt))
  const running = runningOf(counts, version)
  const keeps = running === 0 ? t('rollouts.halted_keeps_none') : t('rollouts.halted_keeps', { count: running })
  const reach = t('rollouts.halted_reach', { reached, total, rest: toCome, took })
  // Who is sent back keeps nothing; how many are left is said beside.
  return rollout.rollback ? reach : `${reach} ${keeps}`
}

/** Installations that say that they run this version, on the channel that was counted. */
export function runningOf({ byVersion }: Counts, version: string) {
  return byVersion.reduce((sum, one) => (one.version === version ? sum + one.count : sum), 0)
}
