// What is known of an installation, as pairs.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { paths } from '#paths'
import { CopyButton, KeyValues, Time, formatTarget } from '#ui'
import { useTranslation } from '#words'
import type { StaffInstallation } from './fleet-filter.ts'
import { productsQuery } from './fleet-queries.ts'

export function InstallationDetails({ installation }: { installation: StaffInstallation }) {
  const { t } = useTranslation()
  const { organisation, version, channel, productId, platform, arch, healthySince, lastSeenAt, enrolledAt } = installation
  const product = useProductName(productId)
  return (
    <KeyValues
      of={[
        [
          t('fleet.detail_customer'),
          <Link key="customer" to={paths.customer(organisation.id)}>
            {organisation.name}
          </Link>,
        ],
        [
          t('fleet.detail_version'),
          t('fleet.detail_version_value', { product, version: version ?? `(${t('fleet.nothing_runs')})`, channel }),
        ],
        [t('fleet.detail_healthy_since'), healthySince && <Time key="healthy" at={healthySince} />],
        [t('fleet.detail_last'), lastSeenAt ? <Time key="last" at={lastSeenAt} as="ago" /> : t('common.never')],
        [t('fleet.detail_platform'), formatTarget({ platform, arch })],
        [t('fleet.detail_enrolled'), <Time key="enrolled" at={enrolledAt} />],
        [
          t('fleet.detail_fingerprint'),
          <Copied key="key" text={installation.keyFingerprint} label={t('fleet.copy_fingerprint')} />,
        ],
        [t('fleet.detail_id'), <Copied key="id" text={installation.id} label={t('fleet.copy_id')} />],
      ]}
    />
  )
}

export function useProductName(productId: string) {
  return useSuspenseQuery(productsQuery).data.items.find(({ id }) => id === productId)?.name ?? productId
}

/** sha256:3fa9…c21e; ids are short enough to stand whole. */
function Copied({ text, label }: { text: string; label: string }) {
  const [algorithm, digest] = text.split(':')
  return (
    <span className="copied">
      <span className="mono" title={text}>
        {digest ? `${algorithm}:${digest.slice(0, 4)}…${digest.slice(-4)}` : text}
      </span>
      <CopyButton text={text} label={label} />
    </span>
  )
}
