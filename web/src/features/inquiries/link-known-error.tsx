// The choice of the known error that an inquiry comes from.
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api, type Schemas } from '#api'
import { paths } from '#paths'
import { FormDialog, RadioCards, Status, TextField, useForm } from '#ui'
import { useTranslation } from '#words'
import { useProductName } from './inquiry-queries.ts'

interface LinkProps {
  isOpen: boolean
  onClose: () => void
  inquiry: Schemas['InquiryForStaff']
}

export function LinkKnownError({ isOpen, onClose, inquiry }: LinkProps) {
  const { t } = useTranslation()
  const { data } = useQuery({
    ...api.queryOptions('get', '/api/v1/known-errors', { params: { query: { limit: 100 } } }),
    enabled: isOpen,
  })
  const change = api.useMutation('patch', '/api/v1/inquiries/{inquiryId}')
  const form = useForm({
    initial: { search: '', knownErrorId: '' },
    check: { knownErrorId: (id) => (id === '' ? t('inquiries.link.choose_first') : undefined) },
    async submit({ knownErrorId }) {
      await change.mutateAsync({ params: { path: { inquiryId: inquiry.id } }, body: { knownErrorId } })
      leave()
    },
  })
  function leave() {
    form.reset()
    onClose()
  }
  const { search, knownErrorId } = form.values
  const found = candidates(data?.items ?? [], { inquiry, search })
  const problem = form.field('knownErrorId').error
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={leave}
      title={t('inquiries.link.title', { id: inquiry.id })}
      verb={t('inquiries.link.link')}
      form={form}
    >
      <p className="t2">{t('inquiries.link.text')}</p>
      <TextField label={t('inquiries.link.search')} type="search" data-autofocus {...form.field('search')} />
      <div className="picks">
        <RadioCards
          legend={t('inquiries.rail.known_error')}
          name="known-error"
          value={knownErrorId}
          onChange={(id) => form.set('knownErrorId', id)}
          choices={found.map((one) => ({ value: one.id, label: one.title, detail: <Detail of={one} /> }))}
        />
        {data && found.length === 0 && <p className="t2">{t('inquiries.link.none')}</p>}
      </div>
      {problem && (
        <p className="s13 bad fg" role="alert">
          {problem}
        </p>
      )}
      <p className="s13">
        <Link className="under" to={paths.newKnownError(fromInquiry(inquiry))}>
          {t('inquiries.link.new')}
        </Link>
      </p>
    </FormDialog>
  )
}

function Detail({ of: { id, productId, affectedVersions, state, affected } }: { of: Schemas['KnownErrorForStaff'] }) {
  const { t } = useTranslation()
  const productName = useProductName()
  return (
    <>
      {id} · {productName(productId)} {affectedVersions} · <Status kind="known_error" value={state} /> ·{' '}
      {t('inquiries.link.affected', { count: affected.installations })}
    </>
  )
}

type Listed = Schemas['KnownErrorForStaff'] | { view: 'customer' }

/** Those of the product that is asked about first, closed ones last. */
function candidates(items: Listed[], { inquiry, search }: { inquiry: Schemas['InquiryForStaff']; search: string }) {
  const products = new Set(inquiry.installations.map(({ productId }) => productId))
  const rank = (one: Schemas['KnownErrorForStaff']) => (products.has(one.productId) ? 0 : 2) + (one.state === 'closed' ? 1 : 0)
  const wanted = search.trim().toLowerCase()
  return items
    .filter((one): one is Schemas['KnownErrorForStaff'] => one.view === 'staff')
    .filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => rank(a) - rank(b))
}

function fromInquiry({ id, installations }: Schemas['InquiryForStaff']) {
  const product = installations[0]?.productId
  return { inquiry: id, ...(product && { product }) }
}
