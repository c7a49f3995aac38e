// The overview of a release: its effect or what is left to do, fixes, files, notes, rollouts.
import { IconBan } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { paths } from '#paths'
import { Banner, formatBytes, formatDuration, formatShare } from '#ui'
import { useTranslation } from '#words'
import { DraftTodo } from './draft-todo.tsx'
import { forStaff, knownErrorsQuery, type StaffReleaseDetails } from './queries.ts'
import { Artifacts } from './release-artifacts.tsx'
import { ReleaseFixes } from './release-fixes.tsx'
import { ReleaseNotes } from './release-notes.tsx'
import { ReleaseRollouts } from './release-rollouts.tsx'
import { Figure } from './rollout-verdict.tsx'
import type { Uploads } from './use-uploads.ts'

interface Shown {
  release: StaffReleaseDetails
  mayChange: boolean
}

export function ReleaseOverview({ release, uploads, mayChange }: Shown & { uploads: Uploads }) {
  const { t } = useTranslation()
  return (
    <>
      {release.state === 'withdrawn' && <Withdrawn release={release} />}
      {release.state !== 'draft' && <Effect release={release} />}
      <div className="two steered">
        <div className="stack cards">
          {release.state === 'draft' && mayChange && <DraftTodo release={release} isUploading={uploads.rows.length > 0} />}
          <Artifacts release={release} uploads={uploads} mayChange={mayChange} />
          <ReleaseFixes release={release} mayChange={mayChange} />
        </div>
        <aside className="stack cards" aria-label={t('releases.notes')}>
          <ReleaseNotes release={release} mayChange={mayChange} />
          <ReleaseRollouts release={release} />
        </aside>
      </div>
    </>
  )
}

function Withdrawn({ release: { productId, version, withdrawnReason, adoption } }: { release: StaffReleaseDetails }) {
  const { t } = useTranslation()
  const count = adoption?.running ?? 0
  return (
    <Banner tone="bad" icon={<IconBan className="i" aria-hidden />} title={t('releases.withdrawn_title')}>
      <p>{t('releases.withdrawn_because', { reason: withdrawnReason ?? '' })}</p>
      <p>
        {t('releases.withdrawn_still', { count })}{' '}
        {count > 0 && <Link to={paths.release(productId, version, 'installations')}>{t('releases.see_installations')}</Link>}
      </p>
    </Banner>
  )
}

function Effect({ release }: { release: StaffReleaseDetails }) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(knownErrorsQuery(release.productId))
  const fixed = forStaff(data.items).filter(({ id }) => release.fixes.includes(id))
  const { running, of } = release.adoption ?? { running: 0, of: 0 }
  const bytes = release.artifacts.reduce((sum, { size }) => sum + size, 0)
  const took = Date.parse(release.publishedAt ?? release.createdAt) - Date.parse(release.createdAt)
  // One installation may have two of the faults: the largest number is what is certain.
  const affected = Math.max(0, ...fixed.map((error) => error.affected.installations))
  const waiting = fixed.reduce((sum, { openInquiryCount }) => sum + openInquiryCount, 0)
  const none = fixed.length === 0 ? t('releases.no_fixes') : undefined
  return (
    <section className="card" aria-label={t('releases.effect')}>
      <dl className="figures tall">
        <Figure name={t('releases.on_installations')} value={t('common.of', { count: running, total: of })}>
          {t('releases.of_all', { percent: formatShare(running, of), product: release.product.name })}
        </Figure>
        <Figure name={t('releases.effect_affected')} value={affected}>
          {none ?? t(affected === 0 ? 'releases.effect_affected_nobody' : 'releases.effect_affected_note')}
        </Figure>
        <Figure name={t('releases.effect_inquiries')} value={waiting}>
          {none ?? t(waiting === 0 ? 'releases.effect_inquiries_none' : 'releases.effect_inquiries_note')}
        </Figure>
        <Figure name={t('releases.effect_drafted')} value={formatDuration(took)}>
          {t('releases.effect_drafted_note', { count: release.artifacts.length, size: formatBytes(bytes) })}
        </Figure>
      </dl>
    </section>
  )
}
