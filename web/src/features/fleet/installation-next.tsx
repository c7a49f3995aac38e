// When an installation changes, to what, and why not sooner.
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { paths } from '#paths'
import { Skeleton } from '#ui'
import { useTranslation } from '#words'
import type { StaffInstallation } from './fleet-filter.ts'
import { outlookQuery } from './fleet-queries.ts'
import { isStaffOutlook, outlookSentence, type StaffOutlook } from './outlook-words.ts'

export function InstallationNext({ installation }: { installation: StaffInstallation }) {
  const { t } = useTranslation()
  const { data } = useQuery({ ...outlookQuery([installation.id]), enabled: installation.state === 'active' })
  if (installation.state !== 'active') return <p className="b">{t(`fleet.next_${installation.state}`)}</p>
  if (!data) return <Skeleton rows={2} />
  const outlook = data.items.find(isStaffOutlook)
  if (!outlook) return null
  return (
    <>
      <p className="b">{outlookSentence(t, outlook, installation)}</p>
      <Rollout outlook={outlook} />
    </>
  )
}

function Rollout({ outlook: { rollout, share, version } }: { outlook: StaffOutlook }) {
  const { t } = useTranslation()
  return (
    <p className="t2 s13">
      {rollout && version && (
        <>
          <Link to={paths.rollout(rollout.id)}>
            {t('fleet.next_rollout', { version, step: rollout.step, steps: rollout.steps })}
          </Link>
          {'. '}
        </>
      )}
      {share && version && t('fleet.next_share', { running: share.running, of: share.of, version })}
    </p>
  )
}
