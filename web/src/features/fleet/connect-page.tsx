// Connecting an installation: what it shall run and for whom, then the one command, then waiting for its first report.
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { ensure, everyCustomerQuery, useMe } from '#api'
import { paths } from '#paths'
import { ButtonLink, ConsolePage, Empty } from '#ui'
import { useTranslation } from '#words'
import { ConnectForm, type Connected } from './connect-form.tsx'
import { ConnectReady } from './connect-ready.tsx'
import { entitlementsQuery, productsQuery } from './fleet-queries.ts'
import './connect.css'

export function loader({ request }: LoaderFunctionArgs) {
  const organisation = new URL(request.url).searchParams.get('organisation')
  return ensure(everyCustomerQuery, productsQuery, ...(organisation ? [entitlementsQuery(organisation)] : []))
}

export function Component() {
  const { t } = useTranslation()
  const [connected, setConnected] = useState<Connected>()
  const title = connected ? t('fleet.ready_title', { name: connected.name }) : t('fleet.connect')
  return (
    <ConsolePage
      title={title}
      crumbs={[{ words: t('fleet.title'), to: paths.fleet() }, { words: t('fleet.connect') }]}
      heading={title}
      lead={connected ? <WhatAndWhose connected={connected} /> : t('fleet.connect_lead')}
    >
      <div className="connect">
        {connected ? <ConnectReady connected={connected} onAgain={setConnected} /> : <Choose onConnected={setConnected} />}
      </div>
    </ConsolePage>
  )
}

function WhatAndWhose({ connected: { organisationId, productId, channel } }: { connected: Connected }) {
  const { t } = useTranslation()
  const product = useSuspenseQuery(productsQuery).data.items.find(({ id }) => id === productId)?.name ?? productId
  const customer = useSuspenseQuery(everyCustomerQuery).data.find(({ id }) => id === organisationId)?.name ?? organisationId
  return t('fleet.ready_lead', { product, channel, customer })
}

function Choose({ onConnected }: { onConnected: (connected: Connected) => void }) {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const { permissions } = useMe()
  const customers = useSuspenseQuery(everyCustomerQuery).data.filter(({ archivedAt }) => archivedAt === null)
  if (!permissions.includes('installations:enrol')) return <Empty>{t('fleet.connect_forbidden')}</Empty>
  if (customers.length === 0)
    return (
      <Empty
        action={
          <ButtonLink look="primary" to={paths.customers()}>
            {t('fleet.connect_new_customer')}
          </ButtonLink>
        }
      >
        {t('fleet.connect_no_customers')}
      </Empty>
    )
  const organisation = params.get('organisation') ?? ''
  // Another customer is another form: what it may have is other.
  return <ConnectForm key={organisation} customers={customers} organisationId={organisation} onConnected={onConnected} />
}
