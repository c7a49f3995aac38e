// The list with its foot: how much is shown, the keys, more; and that the order changed, where it was held.
import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button, formatNumber, Kbd, ShowMore } from '#ui'
import { useTranslation } from '#words'
import type { FleetFilter } from './fleet-filter.ts'
import { countsQuery, productsQuery } from './fleet-queries.ts'
import { FleetTable } from './fleet-table.tsx'
import { useOutlooks } from './use-outlooks.ts'
import type { ShownList } from './use-shown-list.ts'

interface FleetListProps {
  list: ShownList
  filter: FleetFilter
  openId: string | undefined
  empty: ReactNode
}

export function FleetList({ list, filter, openId, empty }: FleetListProps) {
  const outlooks = useOutlooks(list.shown)
  const products = useSuspenseQuery(productsQuery).data.items
  const productName = (productId: string) => products.find(({ id }) => id === productId)?.name ?? productId
  if (list.shown.length === 0) return empty
  return (
    <>
      {list.isOld && <OrderChanged onSort={list.sortAgain} />}
      <div {...list.watch}>
        <FleetTable rows={list.shown} {...{ filter, openId, outlooks, productName }} />
      </div>
      <Foot list={list} filter={filter} />
    </>
  )
}

function OrderChanged({ onSort }: { onSort: () => void }) {
  const { t } = useTranslation()
  return (
    <p className="changed" role="status">
      {t('fleet.order_changed')}
      <Button size="small" onClick={onSort}>
        {t('fleet.sort_again')}
      </Button>
    </p>
  )
}

function Foot({ list, filter }: { list: ShownList; filter: FleetFilter }) {
  const { t } = useTranslation()
  const { total, byCondition } = useSuspenseQuery(countsQuery(filter)).data
  const of = filter.condition ? byCondition[filter.condition] : total
  const shown = list.shown.length
  return (
    <div className="ft">
      <span className="nw num">{t('fleet.shown', { shown: formatNumber(shown), total: formatNumber(Math.max(of, shown)) })}</span>
      <span className="sp" />
      <span className="p2 row">
        <Kbd>J</Kbd>
        <Kbd>K</Kbd> {t('fleet.key_move')} <Kbd>↵</Kbd> {t('fleet.key_open')} <Kbd>Esc</Kbd> {t('fleet.key_close')}
      </span>
      <ShowMore more={list.more} isComing={list.isMoreComing} />
    </div>
  )
}
