// Above the list: search, the filters that are on as chips, and the box in which more are chosen.
import { useSuspenseQuery } from '@tanstack/react-query'
import { IconPlus, IconSearch, IconX } from '@tabler/icons-react'
import { type RefObject, useEffect, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { everyCustomerQuery } from '#api'
import { Button, PopUp } from '#ui'
import { useTranslation } from '#words'
import { CHIPS, type FleetFilter, withParams } from './fleet-filter.ts'
import { FilterForm } from './filter-form.tsx'
import { productsQuery } from './fleet-queries.ts'

const TYPED_MS = 250

export function FleetTools({ filter, search }: { filter: FleetFilter; search: RefObject<HTMLInputElement | null> }) {
  const { t } = useTranslation()
  return (
    <div className="tools">
      <Search search={search} value={filter.q ?? ''} />
      {CHIPS.map((chip) => filter[chip] && <Chip key={chip} chip={chip} value={filter[chip]} />)}
      {filter.state !== 'active' && <Chip chip="state" value={filter.state} />}
      <PopUp
        trigger={
          <Button look="ghost" size="small" icon={<IconPlus className="i" aria-hidden />}>
            {t('fleet.filter')}
          </Button>
        }
      >
        <FilterForm filter={filter} />
      </PopUp>
    </div>
  )
}

function Search({ search, value }: { search: RefObject<HTMLInputElement | null>; value: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [typed, setTyped] = useState(value)
  // What is in the address may come from elsewhere: Back, or "clear filters".
  const [told, setTold] = useState(value)
  if (told !== value) {
    setTold(value)
    if (typed.trim() !== value) setTyped(value)
  }
  useEffect(() => {
    if (typed.trim() === value) return undefined
    function go() {
      // As the address is then: Back may be under way.
      const to = withParams(new URLSearchParams(location.search), { q: typed.trim() })
      void navigate(to, { replace: value !== '', preventScrollReset: true })
    }
    const timer = setTimeout(go, TYPED_MS)
    return () => clearTimeout(timer)
  }, [typed, value, navigate])
  return (
    <div className="srch">
      <IconSearch className="i" aria-hidden />
      <input
        ref={search}
        className="in"
        type="search"
        aria-label={t('fleet.search')}
        placeholder={t('fleet.search_placeholder')}
        maxLength={120}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
    </div>
  )
}

function Chip({ chip, value }: { chip: (typeof CHIPS)[number] | 'state'; value: string }) {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const name = t(`fleet.filter_${chip}`)
  return (
    <span className="chip">
      {t('fleet.chip', { filter: name, value: useValueName(chip, value) })}
      <button
        type="button"
        aria-label={t('fleet.remove_filter', { filter: name })}
        onClick={() => void navigate(withParams(params, { [chip]: undefined }))}
      >
        <IconX className="i s" aria-hidden />
      </button>
    </span>
  )
}

function useValueName(chip: (typeof CHIPS)[number] | 'state', value: string) {
  const { t } = useTranslation()
  const products = useSuspenseQuery(productsQuery).data.items
  const customers = useSuspenseQuery(everyCustomerQuery).data
  if (chip === 'product') return products.find(({ id }) => id === value)?.name ?? value
  if (chip === 'organisation') return customers.find(({ id }) => id === value)?.name ?? value
  // The filter's own words: no other state comes through.
  if (chip === 'state') return t(`fleet.state_${value as 'retired' | 'revoked'}`)
  return value
}
