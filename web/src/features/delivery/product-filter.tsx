// Which product a list shows; in the address, and absent while there is only one product.
import { useSuspenseQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { Segment, Select } from '#ui'
import { useTranslation } from '#words'
import { productsQuery } from './queries.ts'

const MOST_SEGMENTS = 4

export function ProductFilter() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const { items: products } = useSuspenseQuery(productsQuery).data
  const chosen = search.get('product') ?? ''
  if (products.length < 2 && chosen === '') return null
  const options = [
    { value: '', words: t('rollouts.all_products') },
    ...products.map(({ id, name }) => ({ value: id, words: name })),
  ]
  const choose = (product: string) =>
    setSearch((before) => {
      if (product === '') before.delete('product')
      else before.set('product', product)
      return before
    })
  if (products.length <= MOST_SEGMENTS)
    return (
      <div className="filter">
        <Segment label={t('rollouts.product')} value={chosen} options={options} onChange={choose} />
      </div>
    )
  return (
    <div className="form">
      <Select
        label={t('rollouts.product')}
        choices={options.map(({ value, words }) => ({ value, label: words }))}
        value={chosen}
        onChange={({ target }) => choose(target.value)}
      />
    </div>
  )
}
