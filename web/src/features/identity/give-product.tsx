// Gives a customer a product on a channel.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api, type Schemas } from '#api'
import { paths } from '#paths'
import { FormDialog, Select, useForm } from '#ui'
import { useTranslation } from '#words'
import { productsQuery } from './queries.ts'

interface GiveProductProps {
  organisation: { id: string; name: string }
  given: Schemas['Entitlement'][]
  isOpen: boolean
  onClose: () => void
}

export function GiveProduct({ organisation, given, isOpen, onClose }: GiveProductProps) {
  const { t } = useTranslation()
  const { items: products } = useSuspenseQuery(productsQuery).data
  const grant = api.useMutation('put', '/api/v1/organisations/{organisationId}/entitlements/{productId}/{channel}')
  const first = products[0]
  const form = useForm({
    initial: { product: first?.id ?? '', channel: first?.channels[0]?.name ?? '' },
    check: {
      product: (product) => (product === '' ? t('common.required') : undefined),
      channel: (channel, { product }) =>
        given.some((one) => one.productId === product && one.channel === channel)
          ? t('customers.products.given', { customer: organisation.name, product: nameOf(products, product), channel })
          : undefined,
    },
    async submit({ product, channel }) {
      await grant.mutateAsync({ params: { path: { organisationId: organisation.id, productId: product, channel } } })
      form.reset()
      onClose()
    },
  })
  const channels = products.find(({ id }) => id === form.values.product)?.channels ?? []
  const product = form.field('product')
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('customers.products.give')}
      verb={t('customers.products.give')}
      form={form}
    >
      {products.length === 0 && (
        <p className="t2">
          {t('customers.products.none')} <Link to={paths.settings('products')}>{t('customers.products.make')}</Link>
        </p>
      )}
      <Select
        label={t('customers.products.product')}
        choices={products.map(({ id, name }) => ({ value: id, label: name }))}
        data-autofocus
        {...product}
        onChange={(event) => {
          product.onChange(event)
          form.set('channel', products.find(({ id }) => id === event.target.value)?.channels[0]?.name ?? '')
        }}
      />
      <Select
        label={t('customers.products.channel')}
        hint={t('customers.products.channel_hint')}
        choices={channels.map(({ name }) => ({ value: name, label: name }))}
        {...form.field('channel')}
      />
    </FormDialog>
  )
}

function nameOf(products: Schemas['Product'][], productId: string) {
  return products.find(({ id }) => id === productId)?.name ?? productId
}
