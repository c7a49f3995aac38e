// What is coming to the own installations, and when.
import { Link } from 'react-router'
import { paths } from '#paths'
import { Card, Empty, formatPercent, formatShare } from '#ui'
import { Trans, useTranslation } from '#words'
import { type Coming, comingTo } from './coming.ts'
import type { KnownError } from './fixes.ts'
import { useProductName } from './next-sentence.tsx'
import type { Installation, Outlook } from './next-update.ts'

interface ComingCardProps {
  installations: Installation[]
  outlooks: Map<string, Outlook>
  affecting: KnownError[]
}

export function ComingCard({ installations, outlooks, affecting }: ComingCardProps) {
  const { t } = useTranslation()
  const coming = comingTo(installations, outlooks)
  return (
    <Card isFlush title={t('portal.coming')}>
      {coming.length === 0 && <Empty>{t('portal.coming_empty')}</Empty>}
      <ol className="lst">
        {coming.map((one) => (
          <li className="wh" key={one.key}>
            <When coming={one} />
            <What coming={one} affecting={affecting} />
          </li>
        ))}
      </ol>
    </Card>
  )
}

function When({ coming: { when, percentHere, percentNow } }: { coming: Coming }) {
  const { t } = useTranslation()
  const isLast = when === 'step' && percentHere !== null && percentHere >= 100
  const words = t(`portal.coming_when.${isLast ? 'last' : when}`, { percent: formatPercent(percentHere ?? 0) })
  return (
    <span className="when">
      {words}
      {when === 'now' && <span className="t3">{t('portal.coming_now_hint')}</span>}
      {when !== 'now' && percentNow !== null && (
        <span className="t3">{t('portal.coming_at', { percent: formatPercent(percentNow) })}</span>
      )}
    </span>
  )
}

function What({ coming, affecting }: { coming: Coming; affecting: KnownError[] }) {
  const { t } = useTranslation()
  const { productId, version, installations, share } = coming
  const [only] = installations
  const isOne = installations.length === 1 && only !== undefined
  const concerning = affecting.filter((error) => error.productId === productId && error.fixedIn.includes(version)).length
  const values = { product: useProductName(productId), version, name: only?.name ?? '', count: installations.length }
  return (
    <div>
      <Link className="plain" to={isOne ? paths.installation(only.id) : paths.news(productId, version)}>
        <Trans
          i18nKey={isOne ? 'portal.coming_one' : 'portal.coming_many'}
          values={values}
          components={{ v: <span className="ver" /> }}
        />
      </Link>
      <p className="t2 s13">
        {share &&
          `${t(share.running === 0 ? 'portal.share_none' : 'portal.share', { percent: formatShare(share.running, share.of) })}. `}
        {concerning > 0 && t('portal.fixes_concern', { count: concerning })}
      </p>
    </div>
  )
}
