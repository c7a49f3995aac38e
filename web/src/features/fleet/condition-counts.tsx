// How many installations are how: each count is a filter.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { formatNumber, Fresh, Status } from '#ui'
import { useTranslation } from '#words'
import { CONDITIONS, type FleetFilter, withParams } from './fleet-filter.ts'
import { countsQuery } from './fleet-queries.ts'

export function ConditionCounts({ filter }: { filter: FleetFilter }) {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const { total, byCondition } = useSuspenseQuery(countsQuery(filter)).data
  // What is there, and what is chosen: none of it may disappear under the pointer.
  const shown = CONDITIONS.filter((one) => byCondition[one] > 0 || one === filter.condition)
  return (
    <nav className="sumr" aria-label={t('fleet.conditions')}>
      <Link className="bb" to={withParams(params, { condition: undefined })} aria-current={filter.condition ? undefined : 'true'}>
        {t('fleet.total', { count: total, number: formatNumber(total) })}
      </Link>
      {filter.state === 'active' &&
        shown.map((one) => (
          <Link
            key={one}
            to={withParams(params, { condition: one === filter.condition ? undefined : one })}
            aria-current={one === filter.condition ? 'true' : undefined}
          >
            <Fresh value={byCondition[one]}>
              <Status
                kind="condition"
                value={one}
                words={t(`fleet.by_condition.${one}`, { number: formatNumber(byCondition[one]) })}
              />
            </Fresh>
          </Link>
        ))}
    </nav>
  )
}
