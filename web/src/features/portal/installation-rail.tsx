// Beside an installation: what it is, and what was asked about it.
import { useSuspenseQuery } from '@tanstack/react-query'
import type { Schemas } from '#api'
import { Card, CopyButton, Empty, formatTarget, KeyValues, Time, Version } from '#ui'
import { Trans, useTranslation } from '#words'
import { useProductName } from './next-sentence.tsx'
import { inquiriesOfQuery } from './portal-queries.ts'
import { InquiryList } from './recent-inquiries.tsx'

type Installation = Schemas['Installation']

export function InstallationRail({ installation }: { installation: Installation }) {
  return (
    <aside className="stack cards">
      <Details installation={installation} />
      <InquiriesHere installationId={installation.id} />
    </aside>
  )
}

function Details({ installation }: { installation: Installation }) {
  const { t } = useTranslation()
  const { id, state, productId, version, channel, platform, arch, healthySince, lastSeenAt, enrolledAt } = installation
  return (
    <Card title={t('portal.details')}>
      <KeyValues
        of={[
          [t('portal.product'), useProductName(productId)],
          [t('portal.version'), version === null ? t('portal.none_installed') : <Version key="version">{version}</Version>],
          [t('portal.channel'), channel],
          [t('portal.platform'), formatTarget({ platform, arch })],
          [t('portal.healthy_since'), state === 'active' && healthySince && <Time key="since" at={healthySince} />],
          [t('portal.last_report'), lastSeenAt === null ? t('common.never') : <Time key="seen" at={lastSeenAt} as="ago" />],
          [t('portal.connected'), <Time key="enrolled" at={enrolledAt} />],
          [
            t('portal.id'),
            <span key="id" className="row ends idrow">
              <span className="mono">{id}</span>
              <CopyButton text={id} label={t('portal.copy_id')} />
            </span>,
          ],
        ]}
      />
    </Card>
  )
}

/** Those that are open, and the one that was solved last. */
function InquiriesHere({ installationId }: { installationId: string }) {
  const { t } = useTranslation()
  const { items } = useSuspenseQuery(inquiriesOfQuery(installationId)).data
  const open = items.filter(({ closedAt }) => closedAt === null)
  const [last] = items.filter(({ closedAt }) => closedAt !== null)
  return (
    <Card isFlush title={t('portal.inquiries_here')}>
      {items.length === 0 && <Empty>{t('portal.inquiries_here_none')}</Empty>}
      {open.length === 0 && last?.closedAt && (
        <p className="t2 s13 said">
          <Trans i18nKey="portal.inquiries_here_closed" components={{ at: <Time at={last.closedAt} /> }} />
        </p>
      )}
      <InquiryList inquiries={[...open, ...(last ? [last] : [])]} />
    </Card>
  )
}
