// The known errors: which affect installations now, what fixes them, and how many inquiries close when the fix runs.
import { IconPlus } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { ensure, pagesOf, useMe, usePages } from '#api'
import { paths } from '#paths'
import { Button, ButtonLink, ConsolePage, Empty, Segment, Select, ShowMore } from '#ui'
import { useTranslation } from '#words'
import { productsQuery } from './known-error-queries.ts'
import { KnownErrorsTable, type ListedKnownError } from './known-errors-table.tsx'
import './known-errors.css'

const STATES = ['draft', 'open', 'closed'] as const

interface Filter {
  state: (typeof STATES)[number] | undefined
  productId: string | undefined
}

function filterOf(search: URLSearchParams): Filter {
  return { state: STATES.find((state) => state === search.get('state')), productId: search.get('product') ?? undefined }
}

function listOf({ state, productId }: Filter) {
  return pagesOf('/api/v1/known-errors', { limit: 100, ...(state && { state }), ...(productId && { productId }) })
}

export async function loader({ request }: LoaderFunctionArgs) {
  await Promise.all([listOf(filterOf(new URL(request.url).searchParams)).ensure(), ensure(productsQuery)])
  return null
}

export function Component() {
  const { t } = useTranslation()
  const { permissions } = useMe()
  const [search, setSearch] = useSearchParams()
  const filter = filterOf(search)
  const { items, more, isMoreComing } = usePages(listOf(filter))
  const rows = items.filter((one): one is ListedKnownError => one.view === 'staff').toSorted((a, b) => need(b) - need(a))
  const isFiltered = filter.state !== undefined || filter.productId !== undefined
  const create = permissions.includes('known-errors:write') && (
    <ButtonLink
      look="primary"
      icon={<IconPlus className="i" aria-hidden />}
      to={paths.newKnownError(filter.productId ? { product: filter.productId } : {})}
    >
      {t('knownErrors.new')}
    </ButtonLink>
  )
  const empty = isFiltered ? (
    <Empty action={<Button onClick={() => setSearch({})}>{t('common.clear_filters')}</Button>}>
      {t('knownErrors.empty_filter')}
    </Empty>
  ) : (
    <Empty action={create}>{t('knownErrors.empty')}</Empty>
  )
  return (
    <ConsolePage
      title={t('knownErrors.title')}
      crumbs={[{ words: t('knownErrors.title') }]}
      actions={(rows.length > 0 || isFiltered) && create}
      {...useHead(rows, isFiltered)}
    >
      {(rows.length > 0 || isFiltered) && <Filters filter={filter} />}
      <div className="card">
        {rows.length === 0 ? empty : <KnownErrorsTable rows={rows} />}
        <ShowMore more={more} isComing={isMoreComing} />
      </div>
    </ConsolePage>
  )
}

/** Those that people have now first, then those that inquiries wait for; closed ones last. */
function need({ state, affected, openInquiryCount }: ListedKnownError) {
  return (state === 'closed' ? 0 : 1_000_000) + affected.installations * 10 + openInquiryCount
}

function useHead(rows: ListedKnownError[], isFiltered: boolean) {
  const { t } = useTranslation()
  // A part of the list says nothing of the rest.
  if (isFiltered) return { heading: t('knownErrors.sentence_filtered', { count: rows.length }) }
  const affecting = rows.filter(({ state, affected }) => state !== 'draft' && affected.installations > 0).length
  const waiting = rows.reduce((sum, { openInquiryCount }) => sum + openInquiryCount, 0)
  return {
    heading: affecting > 0 ? t('knownErrors.sentence_affecting', { count: affecting }) : t('knownErrors.sentence_none'),
    ...(waiting > 0 && { lead: t('knownErrors.lead_open', { count: waiting }) }),
  }
}

function Filters({ filter: { state, productId } }: { filter: Filter }) {
  const { t } = useTranslation()
  const [, setSearch] = useSearchParams()
  const products = useSuspenseQuery(productsQuery).data.items
  const set = (name: string, value: string) =>
    setSearch((before) => {
      const next = new URLSearchParams(before)
      if (value === '') next.delete(name)
      else next.set(name, value)
      return next
    })
  return (
    <div className="filters" role="group" aria-label={t('knownErrors.filters')}>
      <Segment
        label={t('knownErrors.filter_state')}
        value={state ?? ''}
        onChange={(value) => set('state', value)}
        options={[
          { value: '', words: t('knownErrors.all_states') },
          ...STATES.map((value) => ({ value, words: t(`status.known_error.${value}`) })),
        ]}
      />
      {products.length > 1 && (
        <Select
          className="inline"
          label={t('knownErrors.filter_product')}
          value={productId ?? ''}
          onChange={({ target }) => set('product', target.value)}
          choices={[
            { value: '', label: t('knownErrors.all_products') },
            ...products.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
    </div>
  )
}
