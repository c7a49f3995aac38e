// An installation of the customer: when does it change, and why then?
import { IconAlertTriangle, IconMessageCircle } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { type LoaderFunctionArgs, useParams } from 'react-router'
import { ensure, queryClient } from '#api'
import { paths } from '#paths'
import { Banner, ButtonLink, PortalPage, StatusPill, Time } from '#ui'
import { Trans, useTranslation } from '#words'
import { AffectsYou } from './affects-you.tsx'
import { bringsFix, type KnownError } from './fixes.ts'
import { InstallationHistory } from './installation-history.tsx'
import { InstallationRail } from './installation-rail.tsx'
import { NextCard } from './next-card.tsx'
import { useProductName } from './next-sentence.tsx'
import { type Installation, type Outlook, outlooksOfHeard } from './next-update.ts'
import {
  affectingQuery,
  forCustomers,
  inquiriesOfQuery,
  installationQuery,
  outlookQueries,
  productsQuery,
  releasesOfQuery,
  reportsOf,
  useOutlooks,
} from './portal-queries.ts'
import './portal.css'

export async function loader({ params }: LoaderFunctionArgs) {
  const id = params.installationId ?? ''
  const [{ productId }] = await Promise.all([
    queryClient.ensureQueryData(installationQuery(id)),
    reportsOf(id).ensure(),
    ensure(productsQuery, affectingQuery, inquiriesOfQuery(id), ...outlookQueries([id])),
  ])
  return ensure(releasesOfQuery(productId))
}

export function Component() {
  const { t } = useTranslation()
  const id = useParams().installationId ?? ''
  const installation = useSuspenseQuery(installationQuery(id)).data
  const outlooks = useOutlooks([id])
  const heard = outlooksOfHeard([installation], outlooks)
  const { fixed, others } = useFaults(id, heard.get(id))

  return (
    <PortalPage
      title={installation.name}
      crumbs={[{ words: t('portal.home'), to: paths.home() }, { words: installation.name }]}
      heading={installation.name}
      pill={<StatusPill kind="condition" value={installation.condition ?? installation.state} />}
      lead={<Lead installation={installation} />}
      actions={
        <ButtonLink to={paths.newInquiry({ installation: id })} icon={<IconMessageCircle className="i" aria-hidden />}>
          {t('portal.ask_here')}
        </ButtonLink>
      }
    >
      <div className="p2col one">
        <div className="stack cards">
          {installation.copied && <Copied />}
          <NextCard installation={installation} outlook={outlooks.get(id)} fixed={fixed} />
          <AffectsYou errors={others} outlooks={heard} />
          <InstallationHistory installation={installation} />
        </div>
        <InstallationRail installation={installation} />
      </div>
    </PortalPage>
  )
}

/** Known errors of this installation: those that what comes next mends, and the others; as they touch it alone. */
function useFaults(id: string, outlook: Outlook | undefined) {
  const here = forCustomers(useSuspenseQuery(affectingQuery).data.items).flatMap((error): KnownError[] => {
    const affects = error.affects.filter(({ installationId }) => installationId === id)
    return affects.length > 0 ? [{ ...error, affects }] : []
  })
  const isFixed = ({ fixedIn }: KnownError) => outlook !== undefined && bringsFix(outlook, fixedIn)
  return { fixed: here.filter(isFixed), others: here.filter((error) => !isFixed(error)) }
}

function Lead({ installation: { productId, version, channel, lastSeenAt } }: { installation: Installation }): ReactNode {
  const { t } = useTranslation()
  const product = useProductName(productId)
  return (
    <>
      {version === null ? (
        t('portal.lead_no_version', { product, channel })
      ) : (
        <Trans
          i18nKey="portal.lead_version"
          values={{ product, version, channel }}
          components={{ v: <span className="ver" /> }}
        />
      )}{' '}
      {lastSeenAt === null ? (
        t('portal.reported_never')
      ) : (
        <Trans i18nKey="portal.reported" components={{ at: <Time at={lastSeenAt} as="ago" /> }} />
      )}
    </>
  )
}

function Copied() {
  const { t } = useTranslation()
  return (
    <Banner tone="warn" icon={<IconAlertTriangle className="i l" aria-hidden />} title={t('portal.copied_title')}>
      {t('portal.copied')}
    </Banner>
  )
}
