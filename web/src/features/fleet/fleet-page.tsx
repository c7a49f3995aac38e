// The fleet: which installations need somebody, and everything about one of them beside the list.
import { useSuspenseQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { ensure, everyCustomerQuery } from '#api'
import { ConsolePage } from '#ui'
import { useTranslation } from '#words'
import { ConnectLink } from './connect-link.tsx'
import { Fleet } from './fleet.tsx'
import { isFiltered, readFilter } from './fleet-filter.ts'
import { countsQuery, ensureInstallation, fleetPages, productsQuery, versionsQuery } from './fleet-queries.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const params = new URL(request.url).searchParams
  const filter = readFilter(params)
  const open = params.get('open')
  await Promise.all([
    fleetPages(filter).ensure(),
    ensure(countsQuery(filter), versionsQuery, productsQuery, everyCustomerQuery),
    // The panel says itself that there is no such installation; the list is not affected.
    open ? ensureInstallation(open).catch(() => null) : null,
  ])
  return null
}

export function Component() {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const filter = readFilter(params)
  const { total } = useSuspenseQuery(countsQuery(filter)).data
  // Where nothing is yet, the list itself leads there.
  const isBegun = total > 0 || isFiltered(filter)
  return (
    <ConsolePage
      title={t('fleet.title')}
      crumbs={[{ words: t('fleet.title') }]}
      actions={isBegun && <ConnectLink look="primary" />}
      heading={t('fleet.installations')}
      isFull
    >
      <Fleet />
    </ConsolePage>
  )
}
