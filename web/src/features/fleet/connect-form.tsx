// The form: a customer, one of the things that it is entitled to, and a name.
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearchParams } from 'react-router'
import { api, type Schemas } from '#api'
import { paths } from '#paths'
import { Button, ButtonLink, Empty, Failure, Select, Skeleton, TextField, useForm } from '#ui'
import { useTranslation } from '#words'
import { entitlementsQuery, productsQuery } from './fleet-queries.ts'

export type Wish = Schemas['NewEnrolment']
export type Connected = Wish & Schemas['Enrolment']

interface ConnectFormProps {
  customers: Schemas['Organisation'][]
  organisationId: string
  onConnected: (connected: Connected) => void
}

export function ConnectForm({ customers, organisationId, onConnected }: ConnectFormProps) {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const customer = customers.find(({ id }) => id === organisationId)
  const choose = (organisation: string) =>
    void navigate(paths.connect({ organisation, product: params.get('product') ?? '' }), { replace: true })
  return (
    <div className="stack" style={{ '--gap': '16px' }}>
      <Select
        label={t('fleet.connect_customer')}
        choices={[
          ...(customer ? [] : [{ value: '', label: t('fleet.connect_choose') }]),
          ...customers.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={customer?.id ?? ''}
        onChange={({ target }) => choose(target.value)}
      />
      {customer && <Rest customer={customer} onConnected={onConnected} />}
    </div>
  )
}

function Rest({ customer, onConnected }: { customer: Schemas['Organisation']; onConnected: (connected: Connected) => void }) {
  const { t } = useTranslation()
  const { data: entitlements } = useQuery(entitlementsQuery(customer.id))
  if (!entitlements) return <Skeleton />
  if (entitlements.items.length > 0)
    return <What customer={customer} entitlements={entitlements.items} onConnected={onConnected} />
  const { name } = customer
  return (
    <Empty action={<ButtonLink to={paths.customer(customer.id)}>{t('fleet.connect_entitle', { customer: name })}</ButtonLink>}>
      {t('fleet.connect_not_entitled', { customer: name })}
    </Empty>
  )
}

interface WhatProps {
  customer: Schemas['Organisation']
  entitlements: Schemas['Entitlement'][]
  onConnected: (connected: Connected) => void
}

function What({ customer, entitlements, onConnected }: WhatProps) {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const connect = api.useMutation('post', '/api/v1/enrolments')
  const choices = useChoices(entitlements)
  const wanted = choices.filter(({ productId }) => productId === params.get('product'))
  const only = wanted.length === 1 ? wanted[0] : choices.length === 1 ? choices[0] : undefined
  const form = useForm({
    initial: { what: only?.value ?? '', name: '' },
    check: {
      what: (what) => (what === '' ? t('common.required') : undefined),
      name: (name) => (name.trim() === '' ? t('common.required') : undefined),
    },
    async submit({ what, name }) {
      const { productId = '', channel = '' } = choices.find(({ value }) => value === what) ?? {}
      const wish: Wish = { organisationId: customer.id, productId, channel, name: name.trim() }
      onConnected({ ...wish, ...(await connect.mutateAsync({ body: wish })) })
    },
  })
  const none = { value: '', label: t('fleet.connect_choose_what') }
  return (
    <form className="stack" style={{ '--gap': '16px' }} {...form.form}>
      <Select
        label={t('fleet.connect_what')}
        hint={t('fleet.connect_what_hint')}
        choices={only ? choices : [none, ...choices]}
        {...form.field('what')}
      />
      <TextField label={t('fleet.name')} hint={t('fleet.name_hint')} maxLength={100} {...form.field('name')} />
      <Failure error={form.failure} />
      <div>
        <Button type="submit" look="primary" isBusy={form.isBusy}>
          {t('fleet.connect_verb')}
        </Button>
      </div>
    </form>
  )
}

function useChoices(entitlements: Schemas['Entitlement'][]) {
  const { t } = useTranslation()
  const products = useSuspenseQuery(productsQuery).data.items
  return entitlements.map(({ productId, channel }) => {
    const product = products.find(({ id }) => id === productId)?.name ?? productId
    return { value: `${productId} ${channel}`, label: t('fleet.connect_what_value', { product, channel }), productId, channel }
  })
}
