// The steps of a rollout with their bars: how many installations each added, and where they stand now.
import { Fragment } from 'react'
import { BarKey, Card, formatDuration, formatFuture, formatPercent, LiveMark, type Part, StackedBar, Status } from '#ui'
import { useTranslation } from '#words'
import { currentStep, endOfStep, PLACES, SHARE_OF, stateOfStep } from './progress.ts'
import type { RolloutDetails } from './queries.ts'
import { useCalm } from './use-calm.ts'

export function RolloutSteps({ rollout }: { rollout: RolloutDetails }) {
  const { t } = useTranslation()
  return (
    <Card title={t('rollouts.steps')} actions={rollout.endedAt === null && <LiveMark />} isFlush className="o3">
      <ol>
        {rollout.steps.map(({ percent }, index) => (
          <Step key={percent} rollout={rollout} index={index} />
        ))}
      </ol>
      <div className="keys cardfoot">
        <BarKey parts={PLACES.map((place) => ({ share: SHARE_OF[place], words: t(`rollouts.key_${place}`) }))} />
      </div>
      <LiveSentence rollout={rollout} />
    </Card>
  )
}

function Step({ rollout, index }: { rollout: RolloutDetails; index: number }) {
  const { t } = useTranslation()
  const step = rollout.steps[index]
  if (!step) return null
  const isCurrent = rollout.endedAt === null && index === rollout.step - 1
  const size = step.size ?? step.expectedSize ?? 0
  return (
    <li className="stp" aria-current={isCurrent ? 'step' : undefined}>
      <div className="sn" aria-hidden>
        {index + 1}
      </div>
      <div className="sname">
        <span className="b">{step.percent === 100 ? t('rollouts.everyone') : formatPercent(step.percent)}</span>
        <span className="t3">{size === 0 ? t('rollouts.adds_none') : t('rollouts.adds', { count: size })}</span>
      </div>
      <div className="sbar">
        <StepBar rollout={rollout} index={index} />
      </div>
      <div className="sstate">
        <StepState rollout={rollout} index={index} />
      </div>
    </li>
  )
}

function StepBar({ rollout, index }: { rollout: RolloutDetails; index: number }) {
  const { t } = useTranslation()
  const { tally, expectedSize } = rollout.steps[index] ?? {}
  if (!tally) {
    const words =
      rollout.endedAt === null
        ? t('rollouts.bar_to_come', { count: expectedSize ?? 0 })
        : t('rollouts.bar_never', { count: expectedSize ?? 0 })
    return (
      <>
        <StackedBar parts={[{ share: 'none', count: Math.max(1, expectedSize ?? 0), words }]} />
        <p className="t2 s12 num">{words}</p>
      </>
    )
  }
  const parts: Part[] = PLACES.filter((place) => tally[place] > 0).map((place) => ({
    share: SHARE_OF[place],
    count: tally[place],
    words: t(`rollouts.bar_${place}`, { count: tally[place] }),
  }))
  return (
    <>
      <StackedBar parts={parts.length > 0 ? parts : [{ share: 'none', count: 1, words: t('rollouts.bar_nobody') }]} />
      <p className="t2 s12 num counts">
        {parts.length === 0 && t('rollouts.bar_nobody')}
        {parts.map(({ share, words }, place) => (
          <Fragment key={share}>
            <span>
              {share === 'bad' ? <span className="bad fg">{words}</span> : words}
              {place < parts.length - 1 && ' ·'}
            </span>{' '}
          </Fragment>
        ))}
      </p>
    </>
  )
}

function StepState({ rollout, index }: { rollout: RolloutDetails; index: number }) {
  const { t } = useTranslation()
  const state = stateOfStep(rollout, index)
  const step = rollout.steps[index]
  const bake = (step?.bakeSeconds ?? 0) * 1000
  const end = endOfStep(rollout, index)
  const time = () => {
    if (state === 'proving')
      return t('rollouts.bakes_until', { until: formatFuture(new Date(rollout.verdict.values.until ?? 0)) })
    if (state === 'done' && step?.startedAt && end)
      return t('rollouts.step_took', { took: formatDuration(Date.parse(end) - Date.parse(step.startedAt)) })
    if (state === 'halted' || state === 'done') return null
    return bake === 0 ? t('rollouts.bakes_none') : t('rollouts.bakes', { bake: formatDuration(bake) })
  }
  return (
    <>
      {state === 'running' ? <Status kind="rollout" value="running" /> : <Status kind="step" value={state} />}
      <span className="t3 s12">{time()}</span>
    </>
  )
}

/** For those who hear the page: the step under way, when it changes. */
function LiveSentence({ rollout }: { rollout: RolloutDetails }) {
  const { t } = useTranslation()
  const step = currentStep(rollout)
  const sentence =
    rollout.state === 'running' && step?.tally
      ? t('rollouts.live_sentence', { healthy: step.tally.healthy, size: step.size ?? 0, step: rollout.step })
      : ''
  return (
    <p className="sr" aria-live="polite">
      {useCalm(sentence)}
    </p>
  )
}
