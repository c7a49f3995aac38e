// The box of filters: each choice acts at once and stands in the address.
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearchParams } from 'react-router'
import { everyCustomerQuery } from '#api'
import { type Choice, Select } from '#ui'
import { useTranslation } from '#words'
import { type FleetFilter, STATES, withParams } from './fleet-filter.ts'
import { productsQuery, versionsQuery } from './fleet-queries.ts'

export function FilterForm({ filter }: { filter: FleetFilter }) {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const choices = useChoices(filter)
  const any = { value: '', label: t('fleet.any') }
  const choose = (name: string, value: string) =>
    void navigate(withParams(params, { [name]: value, ...(name === 'product' && { version: undefined, channel: undefined }) }))
  return (
    <div className="stack">
      {(['product', 'channel', 'organisation', 'version'] as const).map((name) => (
        <Select
          key={name}
          label={t(`fleet.filter_${name}`)}
          choices={[any, ...choices[name]]}
          value={filter[name] ?? ''}
          onChange={({ target }) => choose(name, target.value)}
        />
      ))}
      <Select
        label={t('fleet.filter_state')}
        choices={STATES.map((value) => ({ value, label: t(`fleet.state_${value}`) }))}
        value={filter.state}
        onChange={({ target }) => choose('state', target.value === 'active' ? '' : target.value)}
      />
    </div>
  )
}

function useChoices({ product }: FleetFilter): Record<'product' | 'channel' | 'organisation' | 'version', Choice[]> {
  const products = useSuspenseQuery(productsQuery).data.items
  const customers = useSuspenseQuery(everyCustomerQuery).data
  const { byVersion } = useSuspenseQuery(versionsQuery).data
  const isOfIt = (id: string) => product === undefined || id === product
  const channels = products.filter(({ id }) => isOfIt(id)).flatMap((one) => one.channels.map(({ name }) => name))
  const versions = byVersion.filter(({ productId }) => isOfIt(productId)).flatMap(({ version }) => version ?? [])
  const named = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name })
  const plain = (value: string) => ({ value, label: value })
  return {
    product: products.map(named),
    channel: [...new Set(channels)].toSorted().map(plain),
    organisation: customers.map(named),
    version: [...new Set(versions)].toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true })).map(plain),
  }
}
