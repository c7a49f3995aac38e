// The releases: drafts first, then the newest; what each fixes and where it runs.
import { IconPlus } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { ensure, useMe, usePages } from '#api'
import { paths } from '#paths'
import { ButtonLink, Card, type Column, ConsolePage, Empty, ShowMore, Status, Table, Time } from '#ui'
import { Trans, useTranslation } from '#words'
import './delivery.css'
import './forms.css'
import { ProductFilter } from './product-filter.tsx'
import { type Counts, countsQuery, forStaff, productsQuery, releasesQuery, type StaffRelease } from './queries.ts'

const productOf = (search: URLSearchParams) => ({ productId: search.get('product') ?? undefined })

export async function loader({ request }: LoaderFunctionArgs) {
  const filter = productOf(new URL(request.url).searchParams)
  await Promise.all([releasesQuery(filter).ensure(), ensure(productsQuery, countsQuery(filter))])
  return null
}

export function Component() {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const filter = productOf(search)
  const { items, more, isMoreComing } = usePages(releasesQuery(filter))
  const releases = forStaff(items)
  const mayPublish = useMe().permissions.includes('releases:publish')
  const add = mayPublish && (
    <ButtonLink
      look="primary"
      icon={<IconPlus className="i" aria-hidden />}
      to={paths.newRelease(filter.productId ? { product: filter.productId } : {})}
    >
      {t('releases.new')}
    </ButtonLink>
  )
  return (
    <ConsolePage
      title={t('releases.title')}
      crumbs={[{ words: t('releases.title') }]}
      actions={releases.length > 0 && add}
      heading={<Answer releases={releases} />}
    >
      <div className="stack cards">
        <ProductFilter />
        {releases.length === 0 ? (
          <Card isFlush>
            <Empty action={add}>
              {filter.productId ? t('releases.empty_product') : t(mayPublish ? 'releases.empty' : 'releases.empty_reader')}
            </Empty>
          </Card>
        ) : (
          <ReleaseTable releases={releases} productId={filter.productId} />
        )}
      </div>
      <ShowMore more={more} isComing={isMoreComing} />
    </ConsolePage>
  )
}

/** What needs a person, else what is newest. */
function Answer({ releases }: { releases: StaffRelease[] }) {
  const { t } = useTranslation()
  const drafts = releases.filter(({ state }) => state === 'draft').length
  const newest = releases.find(({ state }) => state === 'published')
  if (drafts > 0) return t('releases.sentence_drafts', { count: drafts })
  return newest ? t('releases.sentence_latest', { product: newest.product.name, version: newest.version }) : t('releases.title')
}

function ReleaseTable({ releases, productId }: { releases: StaffRelease[]; productId: string | undefined }) {
  const { t } = useTranslation()
  const { data: counts } = useSuspenseQuery(countsQuery({ productId }))
  const rows = releases.toSorted((a, b) => Number(b.state === 'draft') - Number(a.state === 'draft'))
  const columns: Column<StaffRelease>[] = [
    { key: 'release', head: t('releases.column_release'), cell: (release) => <Name release={release} /> },
    { key: 'state', head: t('releases.column_state'), cell: ({ state }) => <Status kind="release" value={state} />, rank: 2 },
    { key: 'runs', head: t('releases.column_runs'), cell: (release) => <RunsOn release={release} counts={counts} /> },
    { key: 'fixes', head: t('releases.column_fixes'), cell: (release) => <FixIds release={release} />, rank: 3 },
    {
      key: 'published',
      head: t('releases.column_published'),
      cell: ({ publishedAt }) => (publishedAt ? <Time at={publishedAt} /> : <span className="t3">{t('releases.not_yet')}</span>),
      isRight: true,
      rank: 2,
    },
  ]
  return (
    <div className="card all-releases">
      <Table
        label={t('releases.title')}
        columns={columns}
        rows={rows}
        keyOf={({ id }) => id}
        toOf={({ productId, version }) => paths.release(productId, version)}
      />
    </div>
  )
}

function Name({ release: { product, productId, version, state, publishedAt } }: { release: StaffRelease }) {
  return (
    <>
      <Link className="plain" to={paths.release(productId, version)}>
        <Trans
          i18nKey="releases.heading"
          values={{ product: product.name, version }}
          components={{ v: <span className="ver" /> }}
        />
      </Link>
      <span className="sub row wrapf">
        <Status kind="release" value={state} /> {publishedAt && <Time at={publishedAt} />}
      </span>
    </>
  )
}

function RunsOn({ release: { productId, version, state }, counts }: { release: StaffRelease; counts: Counts }) {
  const { t } = useTranslation()
  const places = counts.byVersion.filter((one) => one.productId === productId && one.version === version)
  if (state === 'draft') return null
  if (places.length === 0) return <span className="t3">{t('releases.runs_nowhere')}</span>
  return <span>{places.map(({ channel, count }) => t('releases.runs_on', { count, channel })).join(', ')}</span>
}

function FixIds({ release: { fixes } }: { release: StaffRelease }) {
  return (
    <span className="chips">
      {fixes.map((id) => (
        <Link key={id} to={paths.knownError(id)}>
          {id}
        </Link>
      ))}
    </span>
  )
}
