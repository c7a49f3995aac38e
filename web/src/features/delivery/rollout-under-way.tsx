// A rollout under way, in a list: where it is, what the verdict says, and one bar over all installations.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { Link } from 'react-router'
import { paths } from '#paths'
import { StackedBar, StatusPill } from '#ui'
import { Trans, useTranslation } from '#words'
import { PLACES, SHARE_OF, shownState, totalsOf } from './progress.ts'
import { type RolloutDetails, rolloutQuery } from './queries.ts'
import { useVerdictSentence } from './verdict-words.ts'

export function RolloutUnderWay({ rolloutId }: { rolloutId: string }) {
  const { data: rollout } = useSuspenseQuery(rolloutQuery(rolloutId))
  const { product, version, channel } = rollout
  return (
    <>
      <div className="stack" style={{ '--gap': '4px' }}>
        <div className="row wrapf">
          <Link className="plain" to={paths.rollout(rollout.id)}>
            <Trans
              i18nKey="rollouts.heading"
              values={{ product: product.name, version, channel }}
              components={{ v: <span className="ver" /> }}
            />
          </Link>
          <RolloutStep rollout={rollout} />
        </div>
        <p className="t2 s13">{useVerdictSentence(rollout)}</p>
      </div>
      <WholeBar rollout={rollout} />
    </>
  )
}

function RolloutStep({ rollout }: { rollout: RolloutDetails }) {
  const { t } = useTranslation()
  const state = shownState(rollout)
  const where = { step: rollout.step, steps: rollout.steps.length }
  return <StatusPill kind="rollout" value={state} {...(state !== 'complete' && { words: t(`rollouts.pill_${state}`, where) })} />
}

/** All steps as one: what is still to come waits at the end. */
export function WholeBar({ rollout }: { rollout: RolloutDetails }) {
  const { t } = useTranslation()
  const totals = totalsOf(rollout)
  const words = [
    ...PLACES.filter((place) => totals[place] > 0).map((place) => ({
      share: SHARE_OF[place],
      count: totals[place],
      words: t(`rollouts.bar_${place}`, { count: totals[place] }),
    })),
    ...(totals.toCome > 0
      ? [{ share: 'none' as const, count: totals.toCome, words: t('rollouts.bar_to_come', { count: totals.toCome }) }]
      : []),
  ]
  return (
    <div className="stack" style={{ '--gap': '5px' }}>
      <StackedBar parts={words} />
      <p className="t2 s12 num counts">
        {words.map((part, place) => (
          <Fragment key={part.share}>
            <span>
              {part.words}
              {place < words.length - 1 && ' ·'}
            </span>{' '}
          </Fragment>
        ))}
      </p>
    </div>
  )
}
