// Changes the name and the language of a customer.
import { api, type Schemas } from '#api'
import { FormDialog, TextField, useForm } from '#ui'
import { useTranslation } from '#words'

interface EditCustomerProps {
  organisation: Schemas['Organisation']
  isOpen: boolean
  onClose: () => void
}

const LANGUAGE = /^[a-z]{2}(-[A-Z]{2})?$/

export function EditCustomer({ organisation, isOpen, onClose }: EditCustomerProps) {
  const { t } = useTranslation()
  const change = api.useMutation('patch', '/api/v1/organisations/{organisationId}')
  const form = useForm({
    initial: { name: organisation.name, language: organisation.language },
    check: {
      name: (name) => (name.trim() === '' ? t('common.required') : undefined),
      language: (language) => (LANGUAGE.test(language.trim()) ? undefined : t('customers.language_wrong')),
    },
    async submit({ name, language }) {
      const body = { name: name.trim(), language: language.trim() }
      await change.mutateAsync({ params: { path: { organisationId: organisation.id } }, body })
      onClose()
    },
  })
  return (
    <FormDialog isOpen={isOpen} onClose={onClose} title={t('customers.edit')} verb={t('customers.save')} form={form}>
      <TextField
        label={t('customers.name')}
        hint={t('customers.name_hint')}
        maxLength={120}
        data-autofocus
        {...form.field('name')}
      />
      <TextField label={t('customers.language')} hint={t('customers.language_hint')} maxLength={5} {...form.field('language')} />
    </FormDialog>
  )
}
