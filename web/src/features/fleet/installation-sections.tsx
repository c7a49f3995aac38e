// What the panel says of an installation, below its head.
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Schemas } from '#api'
import { paths } from '#paths'
import { useTranslation } from '#words'
import { CopiedWarning } from './copied-warning.tsx'
import { InstallationDetails } from './installation-details.tsx'
import { InstallationHistory, outcomesOf } from './installation-history.tsx'
import { InstallationInquiries } from './installation-inquiries.tsx'
import { InstallationNext } from './installation-next.tsx'

export function InstallationSections({ installation }: { installation: Schemas['StaffInstallationDetails'] }) {
  const { t } = useTranslation()
  const { id, productId, enrolledAt } = installation
  return (
    <>
      <CopiedWarning installation={installation} />
      <Section title={t('fleet.section_next')}>
        <InstallationNext installation={installation} />
      </Section>
      <Section title={t('fleet.section_details')}>
        <InstallationDetails installation={installation} />
      </Section>
      <Section title={t('fleet.section_history')}>
        <InstallationHistory productId={productId} of={outcomesOf(installation)} enrolledAt={enrolledAt} />
        <p className="s13 all-of-it">
          <Link to={paths.timeline({ subject: id })}>{t('fleet.all_events')}</Link>
        </p>
      </Section>
      <Section title={t('fleet.section_inquiries')}>
        <InstallationInquiries installationId={id} />
      </Section>
    </>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  )
}
