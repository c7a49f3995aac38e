// The rollouts: those under way first, with what they wait for; what has ended shrinks to one line.
import { IconPlus } from '@tabler/icons-react'
import { Suspense } from 'react'
import { type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { ensure, queryClient, type Schemas, useMe, usePages } from '#api'
import { paths } from '#paths'
import { ButtonLink, Card, ConsolePage, Empty, ShowMore, Skeleton } from '#ui'
import { useTranslation } from '#words'
import './delivery.css'
import { EndedRollouts } from './ended-rollouts.tsx'
import { ProductFilter } from './product-filter.tsx'
import { productsQuery, rolloutQuery, rolloutsQuery } from './queries.ts'
import { RolloutUnderWay } from './rollout-under-way.tsx'

const productOf = (search: URLSearchParams) => ({ productId: search.get('product') ?? undefined })
const isUnderWay = ({ endedAt }: Schemas['Rollout']) => endedAt === null

export async function loader({ request }: LoaderFunctionArgs) {
  const pages = rolloutsQuery(productOf(new URL(request.url).searchParams))
  const [{ pages: shown }] = await Promise.all([queryClient.ensureInfiniteQueryData(pages.options), ensure(productsQuery)])
  const underWay = shown.flatMap(({ items }) => items).filter(isUnderWay)
  return ensure(...underWay.map(({ id }) => rolloutQuery(id)))
}

export function Component() {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const { productId } = productOf(search)
  const { items, more, isMoreComing } = usePages(rolloutsQuery({ productId }))
  const maySteer = useMe().permissions.includes('rollouts:steer')
  const underWay = items.filter(isUnderWay)
  const ended = items.filter((one) => !isUnderWay(one))
  const start = maySteer && (
    <ButtonLink look="primary" icon={<IconPlus className="i" aria-hidden />} to={paths.newRollout()}>
      {t('rollouts.start')}
    </ButtonLink>
  )
  return (
    <ConsolePage
      title={t('rollouts.title')}
      crumbs={[{ words: t('rollouts.title') }]}
      actions={items.length > 0 && start}
      heading={underWay.length === 0 ? t('rollouts.none_under_way') : t('rollouts.under_way', { count: underWay.length })}
    >
      <div className="stack cards">
        <ProductFilter />
        {items.length === 0 && (
          <Card isFlush>
            <Empty action={start}>{productId ? t('rollouts.empty_product') : t('rollouts.empty')}</Empty>
          </Card>
        )}
        {underWay.length > 0 && (
          <section className="card" aria-label={t('rollouts.under_way', { count: underWay.length })}>
            <ul className="way">
              {underWay.map(({ id }) => (
                <li key={id}>
                  <Suspense fallback={<Skeleton rows={2} />}>
                    <RolloutUnderWay rolloutId={id} />
                  </Suspense>
                </li>
              ))}
            </ul>
          </section>
        )}
        {ended.length > 0 && <EndedRollouts rollouts={ended} />}
      </div>
      <ShowMore more={more} isComing={isMoreComing} />
    </ConsolePage>
  )
}
