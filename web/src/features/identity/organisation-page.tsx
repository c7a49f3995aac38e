// One's own organisation: who has access, who manages that, and which products there are.
import { useSuspenseQuery } from '@tanstack/react-query'
import { ensure, meQuery, queryClient, useMe, usePages, useVendor } from '#api'
import { Card, Empty, PortalPage, Tag } from '#ui'
import { Trans, useTranslation } from '#words'
import { PeopleCard } from './people-card.tsx'
import { useProductName } from './products-card.tsx'
import { ensurePeople, entitlementsQuery, memberPages, productsQuery } from './queries.ts'
import { RenameOrganisation } from './rename-organisation.tsx'
import './identity.css'

export async function loader() {
  const { organisation, permissions } = await queryClient.ensureQueryData(meQuery)
  const id = organisation?.id ?? ''
  await Promise.all([ensure(entitlementsQuery(id), productsQuery), ensurePeople(id, permissions.includes('members:manage'))])
  return null
}

export function Component() {
  const { t } = useTranslation()
  const { organisation, permissions } = useMe()
  // Staff have no organisation, and never come here.
  if (!organisation) return null
  const mayManage = permissions.includes('members:manage')
  return (
    <PortalPage
      title={t('organisation.title')}
      heading={organisation.name}
      actions={permissions.includes('organisation:rename') && <RenameOrganisation organisation={organisation} />}
      lead={<WhoManages organisationId={organisation.id} mayManage={mayManage} />}
    >
      <div className="p2col">
        <PeopleCard organisation={organisation} mayManage={mayManage} isMain />
        <Products organisationId={organisation.id} />
      </div>
    </PortalPage>
  )
}

function WhoManages({ organisationId, mayManage }: { organisationId: string; mayManage: boolean }) {
  const { t } = useTranslation()
  const vendor = useVendor()
  const { items } = usePages(memberPages(organisationId))
  const names = items.filter(({ role }) => role === 'manager').map(({ name }) => name)
  return (
    <>
      {t('organisation.people_count', { count: items.length })}{' '}
      {mayManage ? (
        t('organisation.you_manage')
      ) : names.length > 0 ? (
        <Trans i18nKey="organisation.ask" values={{ names: names.join(', ') }}>
          To invite or remove somebody, ask a manager: <span className="b">{'{{names}}'}</span>.
        </Trans>
      ) : (
        t('organisation.ask_vendor', { vendor: vendor.name })
      )}
    </>
  )
}

function Products({ organisationId }: { organisationId: string }) {
  const { t } = useTranslation()
  const vendor = useVendor()
  const { items } = useSuspenseQuery(entitlementsQuery(organisationId)).data
  return (
    <Card title={t('organisation.products')} isFlush>
      {items.length === 0 ? (
        <Empty>{t('organisation.products_empty', { vendor: vendor.name })}</Empty>
      ) : (
        <ul className="entitled">
          {items.map(({ productId, channel }) => (
            <Product key={`${productId} ${channel}`} productId={productId} channel={channel} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function Product({ productId, channel }: { productId: string; channel: string }) {
  return (
    <li className="row">
      <span className="b cut">{useProductName(productId)}</span>
      <Tag>{channel}</Tag>
    </li>
  )
}
