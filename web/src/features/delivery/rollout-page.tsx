// The page of a rollout: is it going well, and what happens next? Its verdict, steps, failures, and what can be done.
import { useSuspenseQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useParams } from 'react-router'
import { ensure, queryClient } from '#api'
import { paths } from '#paths'
import { ConsolePage, formatDuration, StatusPill, Time, useNow } from '#ui'
import { Trans, useTranslation } from '#words'
import './delivery.css'
import { shownState } from './progress.ts'
import { countsQuery, failuresQuery, latestRolloutsQuery, type RolloutDetails, rolloutQuery } from './queries.ts'
import { RolloutActions } from './rollout-actions.tsx'
import { RolloutFailures } from './rollout-failures.tsx'
import { RolloutNext } from './rollout-next.tsx'
import { RolloutRuns } from './rollout-runs.tsx'
import { RolloutSteps } from './rollout-steps.tsx'
import { RolloutVerdict } from './rollout-verdict.tsx'

export async function loader({ params }: LoaderFunctionArgs) {
  const id = params['rolloutId'] ?? ''
  const [rollout] = await Promise.all([queryClient.ensureQueryData(rolloutQuery(id)), ensure(failuresQuery(id))])
  const { productId, channel } = rollout
  return ensure(countsQuery({ productId, channel }), latestRolloutsQuery(productId, channel))
}

export function Component() {
  const { t } = useTranslation()
  const { rolloutId = '' } = useParams()
  const { data: rollout } = useSuspenseQuery(rolloutQuery(rolloutId))
  const { data: counts } = useSuspenseQuery(countsQuery({ productId: rollout.productId, channel: rollout.channel }))
  const { product, version, channel } = rollout
  const names = { product: product.name, version, channel }
  return (
    <ConsolePage
      title={t('rollouts.page_title', names)}
      crumbs={[
        { words: t('rollouts.title'), to: paths.rollouts() },
        { words: product.name, to: paths.releases({ product: product.id }) },
        { words: t('rollouts.crumb', names) },
      ]}
      actions={<RolloutActions rollout={rollout} counts={counts} />}
      heading={<Trans i18nKey="rollouts.heading" values={names} components={{ v: <span className="ver" /> }} />}
      pill={<RolloutPill rollout={rollout} />}
      lead={<Lead rollout={rollout} />}
    >
      <div className="two steered">
        <div className="stack cards">
          <RolloutVerdict rollout={rollout} counts={counts} />
          <RolloutSteps rollout={rollout} />
        </div>
        <aside className="stack cards" aria-label={t('rollouts.next')}>
          <RolloutNext rollout={rollout} />
          <RolloutFailures rollout={rollout} />
          <RolloutRuns rollout={rollout} counts={counts} />
        </aside>
      </div>
    </ConsolePage>
  )
}

function RolloutPill({ rollout }: { rollout: RolloutDetails }) {
  const { t } = useTranslation()
  const state = shownState(rollout)
  const where = { step: rollout.step, steps: rollout.steps.length }
  return <StatusPill kind="rollout" value={state} {...(state !== 'complete' && { words: t(`rollouts.pill_${state}`, where) })} />
}

function Lead({ rollout }: { rollout: RolloutDetails }) {
  const { startedAt, endedAt, startedBy } = rollout
  const now = useNow(endedAt ? undefined : 30_000)
  const ms = (endedAt ? Date.parse(endedAt) : now) - Date.parse(startedAt)
  const key = `rollouts.lead_${endedAt ? 'ended' : 'under_way'}${startedBy ? '' : '_nobody'}` as const
  return (
    <span className="s13">
      <Trans
        i18nKey={key}
        values={{
          name: startedBy?.name ?? '',
          age: formatDuration(endedAt ? ms : Math.max(60_000, Math.floor(ms / 60_000) * 60_000)),
        }}
        components={{ at: <Time at={startedAt} />, end: <Time at={endedAt ?? startedAt} /> }}
      />{' '}
      <span className="t3">{rollout.id}</span>
    </span>
  )
}
