// The answer first: how the rollout stands, in a sentence and four figures.
import { IconTag } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api, useMe } from '#api'
import { paths } from '#paths'
import { ButtonLink, formatNumber, formatShare, StatusPill, Time } from '#ui'
import { Trans, useTranslation } from '#words'
import { totalsOf } from './progress.ts'
import { type Counts, type RolloutDetails, useFollower } from './queries.ts'
import { GoingBack } from './rollout-roll-back.tsx'
import { useVerdictWords } from './verdict-words.ts'

export function RolloutVerdict({ rollout, counts }: { rollout: RolloutDetails; counts: Counts }) {
  const { t } = useTranslation()
  const { head, why } = useVerdictWords(rollout, counts)
  return (
    <section className="card o1" aria-label={t('rollouts.verdict')}>
      <div className="verdict">
        {rollout.state === 'running' && <StatusPill kind="verdict" value={rollout.verdict.kind} />}
        <h2>{head}</h2>
        {why && <p className="t2">{why}</p>}
        {rollout.state === 'paused' && <PausedBy rollout={rollout} />}
        <GoingBack rollout={rollout} />
        {rollout.state === 'halted' && <WhatNow rollout={rollout} />}
      </div>
      <Figures rollout={rollout} />
    </section>
  )
}

/** The rollout itself knows only who ended it; the log knows who paused it. */
function PausedBy({ rollout }: { rollout: RolloutDetails }) {
  const query = { subject: rollout.id, name: 'delivery.rollout_paused', limit: 1 }
  const { data } = useQuery(api.queryOptions('get', '/api/v1/timeline', { params: { query } }))
  const paused = data?.items[0]
  if (!paused?.actor) return null
  return (
    <p className="t3 s13">
      <Trans
        i18nKey="rollouts.paused_by"
        values={{ name: paused.actor.name }}
        components={{ at: <Time at={paused.occurredAt} /> }}
      />
    </p>
  )
}

function WhatNow({ rollout }: { rollout: RolloutDetails }) {
  const { t } = useTranslation()
  const { permissions } = useMe()
  // Somebody has answered it already: what happens next says how.
  if (useFollower(rollout)) return null
  return (
    <div className="row wrapf">
      {permissions.includes('releases:publish') && (
        <ButtonLink
          look="primary"
          icon={<IconTag className="i" aria-hidden />}
          to={paths.newRelease({ product: rollout.productId })}
        >
          {t('rollouts.make_fix')}
        </ButtonLink>
      )}
      {permissions.includes('rollouts:steer') && rollout.verdict.code !== 'release_withdrawn' && !rollout.rollback && (
        <ButtonLink to={paths.newRollout({ release: rollout.releaseId, channel: rollout.channel })}>
          {t('rollouts.start_again')}
        </ButtonLink>
      )}
    </div>
  )
}

function Figures({ rollout }: { rollout: RolloutDetails }) {
  const { t } = useTranslation()
  const { healthy, failed, reported, reached, open, total } = totalsOf(rollout)
  const isEnded = rollout.endedAt !== null
  return (
    <dl className="figures">
      <Figure name={t('rollouts.figure_healthy', { version: rollout.version })} value={healthy}>
        {t('rollouts.figure_healthy_of', { total, percent: formatShare(healthy, total) })}
      </Figure>
      <Figure name={t('rollouts.figure_failed')} value={failed}>
        {reported === 0 ? t('rollouts.figure_failed_none') : t('rollouts.figure_failed_of', { total: reported })}
      </Figure>
      <Figure name={t('rollouts.figure_share')} value={formatShare(failed, reported)}>
        {t('rollouts.figure_share_limit', { percent: formatShare(rollout.limits.maxFailedShare, 1) })}
      </Figure>
      {isEnded ? (
        <Figure name={t('rollouts.figure_reached')} value={reached}>
          {t('rollouts.figure_reached_of', { total, percent: formatShare(reached, total) })}
        </Figure>
      ) : (
        <Figure name={t('rollouts.figure_open')} value={open}>
          {t('rollouts.figure_open_of', { total: reached })}
        </Figure>
      )}
    </dl>
  )
}

export function Figure({ name, value, children }: { name: string; value: number | string; children?: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {typeof value === 'number' ? formatNumber(value) : value} <small>{children}</small>
      </dd>
    </div>
  )
}
