// A new release: product, version, notes and fixes; it begins as a draft.
import { useSuspenseQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { ensure, queryClient, useMe } from '#api'
import { paths } from '#paths'
import { ButtonLink, ConsolePage, Empty, Select } from '#ui'
import { useTranslation } from '#words'
import './delivery.css'
import './forms.css'
import { NewReleaseForm } from './new-release-form.tsx'
import { knownErrorsQuery, productReleasesQuery, productsQuery } from './queries.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { items } = await queryClient.ensureQueryData(productsQuery)
  const asked = new URL(request.url).searchParams.get('product')
  const product = items.find(({ id }) => id === asked) ?? items[0]
  return product ? ensure(productReleasesQuery(product.id), knownErrorsQuery(product.id)) : null
}

export function Component() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const { items: products } = useSuspenseQuery(productsQuery).data
  const product = products.find(({ id }) => id === search.get('product')) ?? products[0]
  const mayPublish = useMe().permissions.includes('releases:publish')
  return (
    <ConsolePage
      title={t('releases.new')}
      crumbs={[{ words: t('releases.title'), to: paths.releases() }, { words: t('releases.new') }]}
      heading={t('releases.new')}
      lead={t('releases.new_lead')}
    >
      {!mayPublish && <Empty>{t('releases.new_forbidden')}</Empty>}
      {mayPublish && product && (
        <div className="stack form" style={{ '--gap': '20px' }}>
          {products.length > 1 && (
            <Select
              label={t('releases.product')}
              choices={products.map(({ id, name }) => ({ value: id, label: name }))}
              value={product.id}
              onChange={({ target }) => setSearch({ product: target.value }, { replace: true })}
            />
          )}
          <NewReleaseForm key={product.id} product={product} />
        </div>
      )}
      {mayPublish && !product && (
        <Empty
          action={
            <ButtonLink look="primary" to={paths.settings('products')}>
              {t('releases.go_to_settings')}
            </ButtonLink>
          }
        >
          {t('releases.no_product')}
        </Empty>
      )}
    </ConsolePage>
  )
}
