// Beside a known error: its product, versions and fixes, and who wrote it.
import { Link } from 'react-router'
import { useMe } from '#api'
import { paths } from '#paths'
import { ButtonLink, Card, KeyValues, Time, Version } from '#ui'
import { useTranslation } from '#words'
import { type KnownErrorDetail, useProductName } from './known-error-queries.ts'

export function KnownErrorRail({ knownError }: { knownError: KnownErrorDetail }) {
  const { t } = useTranslation()
  const productName = useProductName()
  const { productId, affectedVersions, fixedIn, createdAt, changedAt, createdBy } = knownError
  const versions = <Version>{affectedVersions}</Version>
  const product = <Link to={paths.releases({ product: productId })}>{productName(productId)}</Link>
  const written = <Time at={createdAt} />
  const changed = changedAt === createdAt ? null : <Time at={changedAt} />
  const fixes = fixedIn.length > 0 && <Fixes productId={productId} fixedIn={fixedIn} />
  return (
    <Card title={t('knownErrors.page.details')}>
      <div className="stack">
        <KeyValues
          of={[
            [t('knownErrors.page.product'), product],
            [t('knownErrors.page.versions'), versions],
            [t('knownErrors.page.fixed_in'), fixes || t('knownErrors.no_fix')],
            [t('knownErrors.page.written'), written],
            [t('knownErrors.page.by'), createdBy.name],
            [t('knownErrors.page.changed'), changed],
          ]}
        />
        {fixedIn.length === 0 && <NoFix knownError={knownError} />}
      </div>
    </Card>
  )
}

function Fixes({ productId, fixedIn }: { productId: string; fixedIn: string[] }) {
  return fixedIn.map((version, place) => (
    <span key={version}>
      {place > 0 && ', '}
      <Link to={paths.release(productId, version)}>
        <Version>{version}</Version>
      </Link>
    </span>
  ))
}

function NoFix({ knownError: { id, productId, state } }: { knownError: KnownErrorDetail }) {
  const { t } = useTranslation()
  const { permissions } = useMe()
  if (state === 'closed') return null
  return (
    <>
      <p className="s13 t2">{t('knownErrors.page.none_fixed', { id })}</p>
      {permissions.includes('releases:publish') && (
        <p>
          <ButtonLink size="small" to={paths.newRelease({ product: productId })}>
            {t('knownErrors.page.new_release')}
          </ButtonLink>
        </p>
      )}
    </>
  )
}
