// One customer: how its installations do, what it waits for, who its people are, what it gets.
import { useSuspenseQuery } from '@tanstack/react-query'
import { IconArchive } from '@tabler/icons-react'
import { type LoaderFunctionArgs, useParams } from 'react-router'
import { ensure, meQuery, queryClient, type Schemas, useMe } from '#api'
import { paths } from '#paths'
import { Banner, Card, ConsolePage, Empty, formatLanguage, formatTime, KeyValues, Time, TwoColumns } from '#ui'
import { useTranslation } from '#words'
import { CustomerActions } from './customer-actions.tsx'
import { CustomerInquiries } from './customer-inquiries.tsx'
import { CustomerInstallations } from './customer-installations.tsx'
import { PeopleCard } from './people-card.tsx'
import { ProductsCard } from './products-card.tsx'
import { countsQuery, ensurePeople, entitlementsQuery, openInquiriesQuery, organisationQuery, productsQuery } from './queries.ts'
import './identity.css'

export async function loader({ params }: LoaderFunctionArgs) {
  const id = params['organisationId'] ?? ''
  const { permissions } = await queryClient.ensureQueryData(meQuery)
  await Promise.all([
    ensure(organisationQuery(id), countsQuery(id), openInquiriesQuery(id), entitlementsQuery(id), productsQuery),
    ensurePeople(id, permissions.includes('members:manage')),
  ])
  return null
}

export function Component() {
  const { t } = useTranslation()
  const { organisationId = '' } = useParams()
  const organisation = useSuspenseQuery(organisationQuery(organisationId)).data
  return (
    <ConsolePage
      title={organisation.name}
      crumbs={[{ words: t('customers.title'), to: paths.customers() }, { words: organisation.name }]}
      actions={<CustomerActions organisation={organisation} />}
      heading={organisation.name}
      lead={<HowItIs organisationId={organisationId} />}
    >
      {organisation.archivedAt !== null && <Archived at={organisation.archivedAt} />}
      <TwoColumns rail={<Rail organisation={organisation} />}>
        <CustomerInstallations organisationId={organisationId} />
        <CustomerInquiries organisationId={organisationId} />
        <People organisation={organisation} />
      </TwoColumns>
    </ConsolePage>
  )
}

/** The answer first: does this customer need somebody? */
function HowItIs({ organisationId }: { organisationId: string }) {
  const { t } = useTranslation()
  const { total, byCondition } = useSuspenseQuery(countsQuery(organisationId)).data
  const { items, next } = useSuspenseQuery(openInquiriesQuery(organisationId)).data
  const needy = byCondition.failing + byCondition.degraded + byCondition.silent
  const count = items.length
  const installations =
    total === 0
      ? t('customers.no_installations')
      : needy === 0
        ? t('customers.all_well', { count: total })
        : t('customers.need', { count: needy, total })
  const inquiries = next
    ? t('customers.open_many', { count })
    : count === 0
      ? t('customers.no_open')
      : t('customers.open', { count })
  return `${installations} ${inquiries}`
}

function Archived({ at }: { at: string }) {
  const { t } = useTranslation()
  return (
    <div className="archived">
      <Banner tone="mute" icon={<IconArchive className="i" aria-hidden />}>
        {t('customers.archived_since', { date: formatTime(new Date(at)) })}
      </Banner>
    </div>
  )
}

function People({ organisation }: { organisation: Schemas['Organisation'] }) {
  const { t } = useTranslation()
  const mayManage = useMe().permissions.includes('members:manage')
  // Nobody of an archived customer has access, so there is no list of who has.
  if (organisation.archivedAt !== null)
    return (
      <Card title={t('organisation.people')} isFlush>
        <Empty>{t('customers.archived_people')}</Empty>
      </Card>
    )
  return <PeopleCard organisation={organisation} mayManage={mayManage} />
}

function Rail({ organisation }: { organisation: Schemas['Organisation'] }) {
  const { t } = useTranslation()
  const { id, language, createdAt } = organisation
  return (
    <>
      <ProductsCard organisation={organisation} />
      <Card title={t('customers.details.title')}>
        <KeyValues
          of={[
            [t('customers.details.language'), formatLanguage(language)],
            [t('customers.details.since'), <Time key="since" at={createdAt} as="date" />],
            [
              t('customers.details.id'),
              <span key="id" className="mono">
                {id}
              </span>,
            ],
          ]}
        />
      </Card>
    </>
  )
}
