// The page of a release: is it good, and where is it? A draft is made here until it is published.
import { useSuspenseQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useLoaderData, useParams } from 'react-router'
import { ensure, queryClient, useMe } from '#api'
import { paths } from '#paths'
import { ConsolePage, formatNumber, StatusPill, Tabs, Time } from '#ui'
import { Trans, useTranslation } from '#words'
import './delivery.css'
import './forms.css'
import {
  countsQuery,
  forStaff,
  installationsQuery,
  knownErrorsQuery,
  latestRolloutsQuery,
  releaseOfVersionQuery,
  releaseQuery,
  type StaffReleaseDetails,
} from './queries.ts'
import { Artifacts } from './release-artifacts.tsx'
import { ReleaseActions } from './release-actions.tsx'
import { ReleaseInstallations } from './release-installations.tsx'
import { ReleaseOverview } from './release-overview.tsx'
import { useUploads } from './use-uploads.ts'

/** Its address names product and version; everything else knows it by its id. */
export async function loader({ params }: LoaderFunctionArgs): Promise<string> {
  const { productId = '', version = '', tab } = params
  // Not from the cache where it is old: a discarded draft and a new one of the same version have different ids.
  const found = await queryClient.fetchQuery(releaseOfVersionQuery(productId, version))
  const id = found.items[0]?.id
  if (id === undefined || !isTab(tab)) throw { status: 404, code: 'release.unknown', detail: '' }
  await Promise.all([
    ensure(releaseQuery(id), knownErrorsQuery(productId), latestRolloutsQuery(productId), countsQuery({ productId, version })),
    tab === 'installations' ? installationsQuery(productId, version).ensure() : undefined,
  ])
  return id
}

const isTab = (tab: string | undefined) => tab === undefined || tab === 'artifacts' || tab === 'installations'

export function Component() {
  const releaseId = useLoaderData<typeof loader>()
  const { data } = useSuspenseQuery(releaseQuery(releaseId))
  const [release] = forStaff([data])
  return release && <ReleasePage key={release.id} release={release} />
}

function ReleasePage({ release }: { release: StaffReleaseDetails }) {
  const { t } = useTranslation()
  const { tab } = useParams()
  const uploads = useUploads(release.id)
  const mayChange = useMe().permissions.includes('releases:publish')
  const { product, version } = release
  return (
    <ConsolePage
      title={t('releases.page_title', { product: product.name, version })}
      crumbs={[
        { words: t('releases.title'), to: paths.releases() },
        { words: product.name, to: paths.releases({ product: product.id }) },
        { words: version },
      ]}
      actions={<ReleaseActions release={release} isUploading={uploads.rows.length > 0} />}
      heading={
        <Trans
          i18nKey="releases.heading"
          values={{ product: product.name, version }}
          components={{ v: <span className="ver" /> }}
        />
      }
      pill={<StatusPill kind="release" value={release.state} />}
      lead={<Lead release={release} />}
    >
      <div className="stack" style={{ '--gap': '20px' }}>
        <ReleaseTabs release={release} tab={tab} />
        {tab === undefined && <ReleaseOverview release={release} uploads={uploads} mayChange={mayChange} />}
        {tab === 'artifacts' && <Artifacts release={release} uploads={uploads} mayChange={mayChange} />}
        {tab === 'installations' && <ReleaseInstallations release={release} />}
      </div>
    </ConsolePage>
  )
}

function ReleaseTabs({
  release: { productId, version, artifacts, adoption },
  tab,
}: {
  release: StaffReleaseDetails
  tab: string | undefined
}) {
  const { t } = useTranslation()
  const to = (one?: string) => paths.release(productId, version, one)
  return (
    <Tabs
      label={t('releases.tabs')}
      tabs={[
        { to: to(), words: t('releases.tab_overview'), isCurrent: tab === undefined },
        { to: to('artifacts'), words: t('releases.tab_artifacts'), count: artifacts.length, isCurrent: tab === 'artifacts' },
        {
          to: to('installations'),
          words: t('releases.tab_installations'),
          count: formatNumber(adoption?.running ?? 0),
          isCurrent: tab === 'installations',
        },
      ]}
    />
  )
}

function Lead({ release }: { release: StaffReleaseDetails }) {
  const { t } = useTranslation()
  const { publishedAt, publishedBy, createdAt, createdBy, sequence } = release
  const [at, by] = publishedAt ? [publishedAt, publishedBy] : [createdAt, createdBy]
  const key = `releases.lead_${publishedAt ? 'published' : 'draft'}${by ? '' : '_nobody'}` as const
  return (
    <span className="s13">
      <Trans i18nKey={key} values={{ name: by?.name ?? '' }} components={{ at: <Time at={at} /> }} />{' '}
      {sequence !== null && t('releases.signed', { sequence })} <span className="t3">{release.id}</span>
    </span>
  )
}
