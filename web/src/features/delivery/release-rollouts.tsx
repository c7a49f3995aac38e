// The rollouts of a release: those under way with their bar, those that ended in a line.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Link } from 'react-router'
import type { Schemas } from '#api'
import { paths } from '#paths'
import { Card, Skeleton, Status, Time } from '#ui'
import { useTranslation } from '#words'
import { latestRolloutsQuery, rolloutQuery, type StaffReleaseDetails } from './queries.ts'
import { WholeBar } from './rollout-under-way.tsx'
import { useVerdictSentence } from './verdict-words.ts'

export function ReleaseRollouts({ release }: { release: StaffReleaseDetails }) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(latestRolloutsQuery(release.productId))
  const rollouts = data.items.filter(({ releaseId }) => releaseId === release.id)
  return (
    <Card title={t('releases.rollouts')} className="o5">
      {rollouts.length === 0 ? (
        <p className="t2 s13">{t(release.state === 'draft' ? 'releases.rollouts_none_draft' : 'releases.rollouts_none')}</p>
      ) : (
        <ul className="minirollouts">
          {rollouts.map((rollout) => (
            <li key={rollout.id} className="stack" style={{ '--gap': '8px' }}>
              <div className="row">
                <Link className="plain sp" to={paths.rollout(rollout.id)}>
                  {rollout.channel}
                </Link>
                <Status kind="rollout" value={rollout.state} />
              </div>
              {rollout.endedAt === null ? (
                <Suspense fallback={<Skeleton rows={1} />}>
                  <UnderWay rolloutId={rollout.id} />
                </Suspense>
              ) : (
                <Ended rollout={rollout} />
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function UnderWay({ rolloutId }: { rolloutId: string }) {
  const { data: rollout } = useSuspenseQuery(rolloutQuery(rolloutId))
  return (
    <>
      <WholeBar rollout={rollout} />
      <p className="t2 s13">{useVerdictSentence(rollout)}</p>
    </>
  )
}

function Ended({ rollout: { because, endedAt } }: { rollout: Schemas['Rollout'] }) {
  return (
    <p className="t2 s13">
      {because} {endedAt && <Time at={endedAt} />}
    </p>
  )
}
