// Products: what is shipped, its channels, and the key that signs it. `?new` opens the form.
import { useSuspenseQuery } from '@tanstack/react-query'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { api, type Schemas, useMe } from '#api'
import { paths } from '#paths'
import { ActionMenu, Button, Card, CopyButton, Empty, formatDuration, KeyValues, Tag, Time, RowDots } from '#ui'
import { useTranslation } from '#words'
import { AddChannel } from './add-channel.tsx'
import { ChangeProduct } from './change-product.tsx'
import { NewProduct } from './new-product.tsx'
import { Section } from './section.tsx'

export const productsQuery = api.queryOptions('get', '/api/v1/products')

export function ProductsSection() {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const mayChange = useMe().permissions.includes('products:manage')
  const { items: products } = useSuspenseQuery(productsQuery).data
  const make = mayChange && (
    <Button look="primary" icon={<IconPlus className="i" aria-hidden />} onClick={() => setParams({ new: '' })}>
      {t('settings.product.new')}
    </Button>
  )
  return (
    <Section heading={t('settings.products')} lead={t('settings.product.lead')} actions={make}>
      {products.length === 0 && (
        <div className="card">
          <Empty>{t('settings.product.none')}</Empty>
        </div>
      )}
      {products.map((product) => (
        <ProductCard key={product.id} product={product} mayChange={mayChange} />
      ))}
      {mayChange && <NewProduct isOpen={params.has('new')} onClose={() => setParams({}, { replace: true })} />}
    </Section>
  )
}

function ProductCard({ product, mayChange }: { product: Schemas['Product']; mayChange: boolean }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'change' | 'channel'>()
  const { id, name, isPublic, bakeSeconds, createdAt } = product
  const close = () => setOpen(undefined)
  const actions = mayChange && (
    <ActionMenu
      trigger={<RowDots label={t('settings.product.actions_for', { name })} />}
      items={[
        { words: t('settings.product.change'), onClick: () => setOpen('change') },
        { words: t('settings.product.add_channel'), onClick: () => setOpen('channel') },
      ]}
    />
  )
  return (
    <Card title={name} count={<span className="mono nw">{id}</span>} actions={actions}>
      <KeyValues
        of={[
          [t('settings.product.channels'), <Channels key="channels" product={product} />],
          [t('settings.product.public'), isPublic ? t('settings.product.is_public') : undefined],
          [t('settings.product.bake'), bakeSeconds === 0 ? t('settings.product.at_once') : formatDuration(bakeSeconds * 1000)],
          [t('settings.product.fingerprint'), <Fingerprint key="key" product={product} />],
          [t('settings.product.since'), <Time key="since" at={createdAt} />],
          [
            t('settings.product.releases'),
            <Link key="releases" className="under" to={paths.releases({ product: id })}>
              {t('settings.product.see_releases')}
            </Link>,
          ],
        ]}
      />
      {open === 'change' && <ChangeProduct product={product} onClose={close} />}
      {open === 'channel' && <AddChannel product={product} onClose={close} />}
    </Card>
  )
}

function Channels({ product: { channels } }: { product: Schemas['Product'] }) {
  const { t } = useTranslation()
  if (channels.length === 0) return <span className="warn fg">{t('settings.product.no_channels')}</span>
  return (
    <span className="row wrapf tags">
      {channels.map(({ name }) => (
        <Tag key={name}>{name}</Tag>
      ))}
    </span>
  )
}

function Fingerprint({ product: { name, fingerprint } }: { product: Schemas['Product'] }) {
  const { t } = useTranslation()
  const digits = fingerprint.replace('sha256:', '')
  return (
    <span className="row print" title={t('settings.product.fingerprint_text')}>
      <span className="mono">
        sha256:{digits.slice(0, 8)}…{digits.slice(-8)}
      </span>
      <CopyButton text={fingerprint} label={t('settings.product.copy_fingerprint', { name })} />
    </span>
  )
}
