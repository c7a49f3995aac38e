// What's new: the releases for this customer, newest first, or one of them; and where each runs.
import { useSuspenseQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useParams } from 'react-router'
import { ensure, queryClient, usePages, useVendor } from '#api'
import { paths } from '#paths'
import { Empty, PortalPage, ShowMore, Tabs } from '#ui'
import { useTranslation } from '#words'
import { useProductName } from './next-sentence.tsx'
import { OneRelease } from './one-release.tsx'
import { installationsQuery, knownErrorsQuery, newsOf, outlookQueries, productsQuery, releaseQuery } from './portal-queries.ts'
import { ReleaseCard } from './release-card.tsx'
import { isRunning, type Release, useWhereabouts } from './whereabouts.ts'
import './portal.css'

export async function loader({ params: { productId, version } }: LoaderFunctionArgs) {
  const isOne = productId !== undefined && version !== undefined
  const [{ pages }, found] = await Promise.all([
    queryClient.ensureInfiniteQueryData(installationsQuery.options),
    isOne ? queryClient.ensureQueryData(releaseQuery(productId, version)) : newsOf(productId).ensure(),
    ensure(productsQuery, knownErrorsQuery),
  ])
  if (found?.items.length === 0) throw { status: 404, code: 'release.unknown', detail: '' }
  return ensure(...outlookQueries(pages.flatMap(({ items }) => items.map(({ id }) => id))))
}

export function Component() {
  const { productId, version } = useParams()
  if (productId !== undefined && version !== undefined) return <OneRelease productId={productId} version={version} />
  return <News key={productId} productId={productId} />
}

function News({ productId }: { productId: string | undefined }) {
  const { t } = useTranslation()
  const { items: releases, more, isMoreComing } = usePages(newsOf(productId))
  const published = releases.filter(({ state }) => state === 'published')
  // Who tries a beta knows it; the headline is what everybody gets.
  const newest = published.find(({ version }) => !version.includes('-')) ?? published[0]
  return (
    <PortalPage
      title={t('portal.news_title')}
      heading={newest === undefined ? t('portal.news_empty_title') : <NewsSentence newest={newest} />}
    >
      <ProductTabs productId={productId} />
      {releases.length === 0 && <NoNews />}
      <div className="stack cards">
        {releases.map((release) => (
          <ReleaseCard key={release.id} release={release} />
        ))}
      </div>
      <ShowMore more={more} isComing={isMoreComing} />
    </PortalPage>
  )
}

function NewsSentence({ newest }: { newest: Release }) {
  const { t } = useTranslation()
  const { installations } = useWhereabouts(newest)
  const count = installations.length
  const running = installations.filter((one) => isRunning(newest, one)).length
  const values = { product: useProductName(newest.productId), version: newest.version }
  if (running === 0) return t('portal.news_out', values)
  if (running === count) return t('portal.news_all_run', { ...values, count })
  return t('portal.news_some_run', { ...values, count: running, total: count })
}

/** Only who has several products needs to choose. */
function ProductTabs({ productId }: { productId: string | undefined }) {
  const { t } = useTranslation()
  const { items } = useSuspenseQuery(productsQuery).data
  if (items.length < 2) return null
  return (
    <Tabs
      label={t('portal.news_products')}
      tabs={[
        { to: paths.news(), words: t('portal.news_every'), isCurrent: productId === undefined },
        ...items.map(({ id, name }) => ({ to: paths.news(id), words: name, isCurrent: id === productId })),
      ]}
    />
  )
}

function NoNews() {
  const { t } = useTranslation()
  return (
    <section className="card">
      <Empty>{t('portal.news_empty', { vendor: useVendor().name })}</Empty>
    </section>
  )
}
