// Writes a known error down; from an inquiry, that inquiry is linked to it at once.
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { api, ensure, problemOf, useMe } from '#api'
import { paths } from '#paths'
import { Button, ButtonLink, ConsolePage, Empty, Failure, Select, useForm } from '#ui'
import { useTranslation } from '#words'
import { KnownErrorFields, stateOf, useWishChecks, type Wish } from './known-error-fields.tsx'
import { productsQuery } from './known-error-queries.ts'
import './known-errors.css'

const EMPTY: Wish = { title: '', affectedVersions: '', workaround: '', description: '', cause: '', state: 'open' }

export const loader = () => ensure(productsQuery)

export function Component() {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const inquiryId = search.get('inquiry')
  const mayWrite = useMe().permissions.includes('known-errors:write')
  return (
    <ConsolePage
      title={t('knownErrors.new')}
      crumbs={[{ words: t('knownErrors.title'), to: paths.knownErrors() }, { words: t('knownErrors.new') }]}
      heading={t('knownErrors.new')}
      {...(inquiryId && { lead: t('knownErrors.form.from_inquiry', { id: inquiryId }) })}
    >
      {mayWrite ? (
        <NewKnownError askedProduct={search.get('product') ?? ''} inquiryId={inquiryId} />
      ) : (
        <Empty>{t('knownErrors.form.forbidden')}</Empty>
      )}
    </ConsolePage>
  )
}

interface NewKnownErrorProps {
  askedProduct: string
  inquiryId: string | null
}

function NewKnownError({ askedProduct, inquiryId }: NewKnownErrorProps) {
  const { t } = useTranslation()
  const { form, unlinked, products } = useNewKnownError(askedProduct, inquiryId)
  return (
    <form className="stack keform" {...form.form}>
      <Select
        label={t('knownErrors.form.product')}
        choices={[
          ...(products.length === 1 ? [] : [{ value: '', label: '' }]),
          ...products.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        {...form.field('productId')}
      />
      <KnownErrorFields form={form} />
      <Failure error={form.failure} />
      {unlinked && inquiryId && (
        <p className="bad fg" role="alert">
          {t('knownErrors.form.created_not_linked', { id: unlinked.id, inquiry: inquiryId, detail: unlinked.detail })}
        </p>
      )}
      <div className="row wrapf">
        {unlinked ? (
          <ButtonLink to={paths.knownError(unlinked.id)}>{t('knownErrors.form.open_it', { id: unlinked.id })}</ButtonLink>
        ) : (
          <Button type="submit" look="primary" isBusy={form.isBusy}>
            {form.isBusy
              ? t('knownErrors.form.creating')
              : inquiryId
                ? t('knownErrors.form.create_and_link', { id: inquiryId })
                : t('knownErrors.form.create')}
          </Button>
        )}
      </div>
    </form>
  )
}

function useNewKnownError(askedProduct: string, inquiryId: string | null) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const products = useSuspenseQuery(productsQuery).data.items
  const create = api.useMutation('post', '/api/v1/known-errors')
  const link = api.useMutation('patch', '/api/v1/inquiries/{inquiryId}')
  /** It is there, and the inquiry is not linked: making it again would make a second one. */
  const [unlinked, setUnlinked] = useState<{ id: string; detail: string }>()
  const only = products.length === 1 ? products[0]?.id : undefined
  const asked = products.find(({ id }) => id === askedProduct)?.id
  const form = useForm({
    initial: { ...EMPTY, productId: asked ?? only ?? '' },
    check: { ...useWishChecks(), productId: (id: string) => (id === '' ? t('knownErrors.form.product_missing') : undefined) },
    async submit({ productId, title, affectedVersions, workaround, description, cause, state }) {
      const body = {
        productId,
        title: title.trim(),
        affectedVersions: affectedVersions.trim(),
        workaround,
        description,
        cause,
        state: stateOf(state),
      }
      const { id } = await create.mutateAsync({ body })
      if (!inquiryId) return navigate(paths.knownError(id))
      try {
        await link.mutateAsync({ params: { path: { inquiryId } }, body: { knownErrorId: id } })
      } catch (error) {
        return setUnlinked({ id, detail: problemOf(error).detail })
      }
      return navigate(paths.inbox('open', inquiryId))
    },
  })
  return { form, unlinked, products }
}
