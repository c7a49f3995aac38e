// What a customer gets: products and channels, given and taken back.
import { useSuspenseQuery } from '@tanstack/react-query'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { api, type Schemas, useMe } from '#api'
import { ActionMenu, Button, Card, Confirm, Empty, Tag, RowDots } from '#ui'
import { useTranslation } from '#words'
import { GiveProduct } from './give-product.tsx'
import { entitlementsQuery, productsQuery } from './queries.ts'

export function ProductsCard({ organisation }: { organisation: Schemas['Organisation'] }) {
  const { t } = useTranslation()
  const [isGiving, setGiving] = useState(false)
  const mayChange = useMe().permissions.includes('entitlements:manage')
  const { items: given } = useSuspenseQuery(entitlementsQuery(organisation.id)).data
  const give = mayChange && (
    <Button size="small" icon={<IconPlus className="i" aria-hidden />} onClick={() => setGiving(true)}>
      {t('customers.products.give')}
    </Button>
  )
  return (
    <Card title={t('customers.products.title')} count={given.length || undefined} actions={give} isFlush>
      {given.length === 0 ? (
        <Empty>{t('customers.products.empty')}</Empty>
      ) : (
        <ul className="entitled">
          {given.map((one) => (
            <Given key={`${one.productId} ${one.channel}`} entitlement={one} customer={organisation.name} mayTake={mayChange} />
          ))}
        </ul>
      )}
      {mayChange && <GiveProduct organisation={organisation} given={given} isOpen={isGiving} onClose={() => setGiving(false)} />}
    </Card>
  )
}

function Given({
  entitlement: { organisationId, productId, channel },
  customer,
  mayTake,
}: {
  entitlement: Schemas['Entitlement']
  customer: string
  mayTake: boolean
}) {
  const { t } = useTranslation()
  const [isAsked, setAsked] = useState(false)
  const take = api.useMutation('delete', '/api/v1/organisations/{organisationId}/entitlements/{productId}/{channel}')
  const product = useProductName(productId)
  const values = { product, channel, customer }
  return (
    <li className="row">
      <span className="b cut">{product}</span>
      <Tag>{channel}</Tag>
      <span className="sp" />
      {mayTake && (
        <ActionMenu
          trigger={<RowDots label={t('customers.products.take', values)} />}
          items={[{ words: t('customers.products.take_short'), isDangerous: true, onClick: () => setAsked(true) }]}
        />
      )}
      <Confirm
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        question={t('customers.products.take_question', values)}
        verb={t('customers.products.take_short')}
        busyVerb={t('customers.products.taking')}
        onConfirm={() => take.mutateAsync({ params: { path: { organisationId, productId, channel } } })}
      >
        {t('customers.products.take_text')}
      </Confirm>
    </li>
  )
}

export function useProductName(productId: string) {
  const { items } = useSuspenseQuery(productsQuery).data
  return items.find(({ id }) => id === productId)?.name ?? productId
}
