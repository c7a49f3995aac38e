// Starting a rollout: which release to which channel, in which steps; it says what will happen before it happens.
import { useSuspenseQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { ensure, queryClient, useMe } from '#api'
import { paths } from '#paths'
import { ButtonLink, ConsolePage, Empty } from '#ui'
import { useTranslation } from '#words'
import './delivery.css'
import './forms.css'
import { defaultsQuery, latestRolloutsQuery, countsQuery, productReleasesQuery, productsQuery, releaseQuery } from './queries.ts'
import { RolloutForm } from './rollout-form.tsx'

/** A link may name the release alone: then its product is asked for first. */
async function productOf(search: URLSearchParams) {
  const { items } = await queryClient.ensureQueryData(productsQuery)
  const releaseId = search.get('release')
  const asked =
    search.get('product') ?? (releaseId ? (await queryClient.ensureQueryData(releaseQuery(releaseId))).productId : undefined)
  return (items.find(({ id }) => id === asked) ?? items[0])?.id
}

export async function loader({ request }: LoaderFunctionArgs) {
  const productId = await productOf(new URL(request.url).searchParams)
  await ensure(defaultsQuery)
  if (productId !== undefined)
    await ensure(productReleasesQuery(productId), latestRolloutsQuery(productId), countsQuery({ productId }))
  return productId ?? null
}

export function Component() {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const { items: products } = useSuspenseQuery(productsQuery).data
  const release = useReleaseAsked(search.get('release'))
  const asked = search.get('product') ?? release
  const product = products.find(({ id }) => id === asked) ?? products[0]
  const maySteer = useMe().permissions.includes('rollouts:steer')
  return (
    <ConsolePage
      title={t('rollouts.new_title')}
      crumbs={[{ words: t('rollouts.title'), to: paths.rollouts() }, { words: t('rollouts.new_title') }]}
      heading={t('rollouts.new_heading')}
      lead={t('rollouts.new_lead')}
    >
      {!maySteer && <Empty>{t('rollouts.new_forbidden')}</Empty>}
      {maySteer && product && <RolloutForm key={product.id} product={product} />}
      {maySteer && !product && (
        <Empty
          action={
            <ButtonLink look="primary" to={paths.settings('products')}>
              {t('rollouts.go_to_settings')}
            </ButtonLink>
          }
        >
          {t('rollouts.new_no_product')}
        </Empty>
      )}
    </ConsolePage>
  )
}

/** The product of the release in the address; the loader has asked already. */
function useReleaseAsked(releaseId: string | null) {
  return releaseId === null
    ? undefined
    : queryClient.getQueryData<{ productId: string }>(releaseQuery(releaseId).queryKey)?.productId
}
