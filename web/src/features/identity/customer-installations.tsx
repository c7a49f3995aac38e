// How a customer's installations do, and which versions they run; the fleet has the rest.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { paths } from '#paths'
import { Card, Empty, formatNumber, type Share, StackedBar, Status, Tag, Version } from '#ui'
import { useTranslation } from '#words'
import { useProductName } from './products-card.tsx'
import { countsQuery } from './queries.ts'

/** By need. */
export const CONDITIONS = ['failing', 'degraded', 'silent', 'updating', 'never', 'healthy'] as const
const SHARES: Record<(typeof CONDITIONS)[number], Share> = {
  failing: 'bad',
  degraded: 'wait',
  silent: 'sil',
  updating: 'move',
  never: 'none',
  healthy: 'new',
}

export function CustomerInstallations({ organisationId }: { organisationId: string }) {
  const { t } = useTranslation()
  const { total, byCondition, byVersion } = useSuspenseQuery(countsQuery(organisationId)).data
  const present = CONDITIONS.filter((condition) => byCondition[condition] > 0)
  if (total === 0)
    return (
      <Card title={t('customers.installations.title')} isFlush>
        <Empty>{t('customers.installations.empty')}</Empty>
      </Card>
    )
  return (
    <Card
      title={t('customers.installations.title')}
      count={total}
      actions={
        <Link className="s13" to={paths.fleet({ organisation: organisationId })}>
          {t('customers.installations.all')}
        </Link>
      }
    >
      <div className="stack">
        <StackedBar
          parts={present.map((condition) => ({
            share: SHARES[condition],
            count: byCondition[condition],
            words: t(`customers.condition.${condition}`, { number: formatNumber(byCondition[condition]) }),
          }))}
        />
        <ul className="row wrapf conditions">
          {present.map((condition) => (
            <li key={condition}>
              <Link className="plain" to={paths.fleet({ organisation: organisationId, condition })}>
                <Status
                  kind="condition"
                  value={condition}
                  words={t(`customers.condition.${condition}`, { number: formatNumber(byCondition[condition]) })}
                />
              </Link>
            </li>
          ))}
        </ul>
        <h3>{t('customers.installations.runs')}</h3>
        <ul className="stack s13" style={{ '--gap': '4px' }}>
          {byVersion.map((one) => (
            <Runs key={`${one.productId} ${one.channel} ${one.version}`} organisationId={organisationId} {...one} />
          ))}
        </ul>
      </div>
    </Card>
  )
}

interface RunsProps {
  organisationId: string
  productId: string
  channel: string
  version: string | null
  count: number
}

function Runs({ organisationId, productId, channel, version, count }: RunsProps) {
  const { t } = useTranslation()
  const where = { organisation: organisationId, product: productId, channel, ...(version && { version }) }
  return (
    <li className="row">
      <Link className="row cut" to={paths.fleet(where)}>
        <span className="cut">{useProductName(productId)}</span>
        <Version>{version ?? t('customers.installations.no_version')}</Version>
      </Link>
      <Tag>{channel}</Tag>
      <span className="sp" />
      <span className="num">{count}</span>
    </li>
  )
}
