// What happens next with a rollout, when, and what would stop it.
import { IconArrowRight, IconClock, IconHandStop, IconPlayerPause, IconTag, IconWifiOff } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Schemas } from '#api'
import { paths } from '#paths'
import { Card, formatDuration, formatFuture, formatPercent, formatShare } from '#ui'
import { Trans, useTranslation } from '#words'
import { currentStep, moreToHalt, totalsOf } from './progress.ts'
import { type RolloutDetails, useFollower } from './queries.ts'

interface Line {
  key: string
  icon: ReactNode
  words: ReactNode
}

const BOLD = { b: <b /> }
const arrow = <IconArrowRight className="i" aria-hidden />
const clock = <IconClock className="i" aria-hidden />
const stop = <IconHandStop className="i" aria-hidden />

export function RolloutNext({ rollout }: { rollout: RolloutDetails }) {
  const { t } = useTranslation()
  const follower = useFollower(rollout)
  const lines =
    rollout.state === 'running' ? [...comingLines(t, rollout), ...stopLines(t, rollout)] : standingLines(t, rollout, follower)
  return (
    <Card title={t('rollouts.next')} className="o2">
      <ul className="nextl">
        {lines.map(({ key, icon, words }) => (
          <li key={key}>
            {icon}
            <span>{words}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function comingLines(t: TFunction, rollout: RolloutDetails): Line[] {
  const lines: Line[] = [{ key: 'next', icon: arrow, words: <NextWords rollout={rollout} /> }]
  const { code, at } = rollout.next
  const bakeMs = (currentStep(rollout)?.bakeSeconds ?? 0) * 1000
  if (code === 'silence_counts') {
    const silence = formatDuration(rollout.silentAfterSeconds * 1000)
    const words = at
      ? t('rollouts.next_silence_at', { clock: formatFuture(new Date(at)) })
      : t('rollouts.next_silence_after', { silence })
    lines.push({ key: 'silence', icon: clock, words })
  }
  if (bakeMs > 0 && code !== 'halts')
    lines.push({ key: 'bake', icon: clock, words: t('rollouts.next_bake', { bake: formatDuration(bakeMs) }) })
  const { waiting, silent } = totalsOf(rollout)
  if (silent > 0 && code !== 'first_report')
    lines.push({
      key: 'absent',
      icon: <IconWifiOff className="i" aria-hidden />,
      words: t('rollouts.next_absent', { count: silent + waiting, version: rollout.version }),
    })
  return lines
}

/** `at 14:18`, or the day and the time. */
function whenOf(t: TFunction, at: Date) {
  const time = formatFuture(at)
  return at.toDateString() === new Date().toDateString() ? t('rollouts.at_clock', { time }) : time
}

function NextWords({ rollout }: { rollout: RolloutDetails }) {
  const { t } = useTranslation()
  const { at, code, values } = rollout.next
  const step = values.step ?? rollout.step
  const time = at === null ? '' : whenOf(t, new Date(at))
  const timed = at === null ? '' : '_at'
  switch (code) {
    case 'next_step':
      return (
        <Trans
          i18nKey={`rollouts.next_step${timed}`}
          values={{ step, before: step - 1, percent: formatPercent(values.percent ?? 0), time }}
          components={BOLD}
        />
      )
    case 'completes':
      return <Trans i18nKey={`rollouts.next_completes${timed}`} values={{ time }} components={BOLD} />
    case 'silence_counts':
      return <Trans i18nKey="rollouts.next_silence" count={values.pending ?? 0} components={BOLD} />
    case 'first_report':
      return <Trans i18nKey="rollouts.next_first_report" values={{ step: rollout.step }} components={BOLD} />
    default:
      return <Trans i18nKey="rollouts.next_halts" components={BOLD} />
  }
}

function stopLines(t: TFunction, rollout: RolloutDetails): Line[] {
  if (rollout.next.code === 'halts') return []
  const { minFailed, maxFailedShare, smallStep } = rollout.limits
  const more = moreToHalt(rollout)
  const rule = t('rollouts.next_harm_rule', { min: minFailed, share: formatShare(maxFailedShare, 1), small: smallStep })
  const words = (
    <>
      {more !== undefined && (
        <>
          <Trans i18nKey="rollouts.next_harm" count={more} components={BOLD} />{' '}
        </>
      )}
      {rule}
    </>
  )
  return [{ key: 'harm', icon: stop, words }]
}

/** Where nothing moves: what it waits for, what has followed, or what is left to do. */
function standingLines(
  t: TFunction,
  { state, version, channel, rollback }: RolloutDetails,
  follower: Schemas['Rollout'] | undefined,
): Line[] {
  const say = (key: 'next_resume' | 'next_nothing_halted' | 'next_nothing_complete') => (
    <Trans i18nKey={`rollouts.${key}`} values={{ version, channel }} components={BOLD} />
  )
  if (state === 'paused')
    return [{ key: 'resume', icon: <IconPlayerPause className="i" aria-hidden />, words: say('next_resume') }]
  if (follower) return [{ key: 'followed', icon: arrow, words: <Followed by={follower} /> }]
  if (rollback && rollback.remaining > 0)
    return [{ key: 'back', icon: arrow, words: t('rollouts.next_back', { version, to: rollback.toVersion }) }]
  if (state === 'complete') return [{ key: 'nothing', icon: arrow, words: say('next_nothing_complete') }]
  return [
    { key: 'nothing', icon: stop, words: say('next_nothing_halted') },
    { key: 'fix', icon: <IconTag className="i" aria-hidden />, words: t('rollouts.next_fix', { version }) },
  ]
}

function Followed({ by: { id, version, channel, state } }: { by: Schemas['Rollout'] }) {
  const how = state === 'complete' || state === 'halted' ? state : 'under_way'
  return (
    <Trans
      i18nKey={`rollouts.next_followed_${how}`}
      values={{ version, channel }}
      components={{ ...BOLD, to: <Link className="under" to={paths.rollout(id)} /> }}
    />
  )
}
