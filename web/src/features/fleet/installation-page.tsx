// One installation as a page: when it changes, what is known of it, everything that it reported.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, type LoaderFunctionArgs, useParams } from 'react-router'
import { usePages } from '#api'
import { paths } from '#paths'
import { Card, ConsolePage, NotFound, ShowMore, StatusPill, TwoColumns } from '#ui'
import { useTranslation } from '#words'
import { CopiedWarning } from './copied-warning.tsx'
import { isForStaff, type StaffInstallation } from './fleet-filter.ts'
import { detailsQuery, ensureInstallation, reportPages } from './fleet-queries.ts'
import { InstallationActions } from './installation-actions.tsx'
import { InstallationDetails } from './installation-details.tsx'
import { InstallationHistory, reportsOf } from './installation-history.tsx'
import { InstallationInquiries } from './installation-inquiries.tsx'
import { InstallationNext } from './installation-next.tsx'
import './fleet.css'

export async function loader({ params }: LoaderFunctionArgs) {
  const id = idOf(params)
  await Promise.all([ensureInstallation(id), reportPages(id).ensure()])
  return null
}

export function Component() {
  const { t } = useTranslation()
  const installation = useSuspenseQuery(detailsQuery(idOf(useParams()))).data
  // The console shows staff's view; another one is nobody's here.
  if (!isForStaff(installation)) return <NotFound home={paths.today()} />
  const { name, condition, state, id } = installation
  return (
    <ConsolePage
      title={name}
      crumbs={[{ words: t('fleet.title'), to: paths.fleet() }, { words: name }]}
      actions={<InstallationActions installation={installation} />}
      heading={name}
      pill={<StatusPill kind="condition" value={condition ?? state} />}
    >
      <TwoColumns
        rail={
          <>
            <Card title={t('fleet.section_details')}>
              <InstallationDetails installation={installation} />
            </Card>
            <Card title={t('fleet.section_inquiries')}>
              <InstallationInquiries installationId={id} />
            </Card>
          </>
        }
      >
        <CopiedWarning installation={installation} />
        <Card title={t('fleet.section_next')}>
          <InstallationNext installation={installation} />
        </Card>
        <Reports installation={installation} />
      </TwoColumns>
    </ConsolePage>
  )
}

function Reports({ installation: { id, productId, enrolledAt } }: { installation: StaffInstallation }) {
  const { t } = useTranslation()
  const { items, more, isMoreComing } = usePages(reportPages(id))
  const timeline = (
    <Link className="s13" to={paths.timeline({ subject: id })}>
      {t('fleet.all_events')}
    </Link>
  )
  return (
    <Card title={t('fleet.section_history')} actions={timeline}>
      {items.length === 0 && <p className="t2 s13 no-reports">{t('fleet.no_reports')}</p>}
      <InstallationHistory productId={productId} of={reportsOf(items)} enrolledAt={more ? undefined : enrolledAt} />
      <ShowMore more={more} isComing={isMoreComing} />
    </Card>
  )
}

function idOf({ installationId = '' }: { installationId?: string | undefined }) {
  return installationId
}
