// One release: its notes, and when each own installation gets it.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { paths } from '#paths'
import { Card, Markdown, NotFound, PortalPage, StatusPill, Time } from '#ui'
import { Trans, useTranslation } from '#words'
import { useProductName } from './next-sentence.tsx'
import type { Installation } from './next-update.ts'
import { releaseQuery } from './portal-queries.ts'
import { useComesWords } from './release-card.tsx'
import { ReleaseFixes, Withdrawn } from './release-parts.tsx'
import { isRunning, type Release, useWhereabouts, type Whereabouts } from './whereabouts.ts'

export function OneRelease({ productId, version }: { productId: string; version: string }) {
  const [release] = useSuspenseQuery(releaseQuery(productId, version)).data.items
  // The loader found it; it may have gone since (an entitlement that ended).
  return release ? <Page release={release} /> : <NotFound home={paths.home()} />
}

function Page({ release }: { release: Release }) {
  const { t } = useTranslation()
  const { productId, version, state, publishedAt, notes } = release
  const name = t('portal.release', { product: useProductName(productId), version })
  return (
    <PortalPage
      title={name}
      crumbs={[{ words: t('portal.news_title'), to: paths.news() }, { words: name }]}
      heading={name}
      pill={state === 'withdrawn' && <StatusPill kind="release" value={state} />}
      lead={publishedAt !== null && <Trans i18nKey="portal.released" components={{ at: <Time at={publishedAt} /> }} />}
    >
      <div className="p2col one">
        <Card title={t('portal.notes')}>
          <div className="stack">
            <Withdrawn release={release} />
            {notes.trim() === '' ? <p className="t3">{t('portal.no_notes')}</p> : <Markdown>{notes}</Markdown>}
            <ReleaseFixes release={release} />
          </div>
        </Card>
        <aside>
          <OnYours release={release} />
        </aside>
      </div>
    </PortalPage>
  )
}

function OnYours({ release }: { release: Release }) {
  const { t } = useTranslation()
  const whereabouts = useWhereabouts(release)
  const { installations, coming } = whereabouts
  const comingIds = new Set(coming.flatMap((one) => one.installations.map(({ id }) => id)))
  const touched = installations.filter((one) => isRunning(release, one) || comingIds.has(one.id))
  return (
    <Card isFlush title={t('portal.on_yours')}>
      {touched.length === 0 && <p className="t2 s13 said last">{t('portal.nowhere')}</p>}
      <ul className="lst">
        {touched.map((one) => (
          <li key={one.id}>
            <Link className="plain" to={paths.installation(one.id)}>
              {one.name}
            </Link>
            <span className="t2 s13">
              <When release={release} installation={one} whereabouts={whereabouts} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function When({
  release,
  installation,
  whereabouts: { coming },
}: {
  release: Release
  installation: Installation
  whereabouts: Whereabouts
}) {
  const { t } = useTranslation()
  const entry = coming.find(({ installations }) => installations.some(({ id }) => id === installation.id))
  const comes = useComesWords(entry ?? { when: 'later', percentHere: null, percentNow: null })
  return isRunning(release, installation) || !entry ? t('portal.runs_here') : comes
}
