// The form of a new customer.
import { useNavigate } from 'react-router'
import { api } from '#api'
import { paths } from '#paths'
import { FormDialog, TextField, useForm } from '#ui'
import { useTranslation } from '#words'

export function NewCustomer({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const create = api.useMutation('post', '/api/v1/organisations')
  const form = useForm({
    initial: { name: '' },
    check: { name: (name) => (name.trim() === '' ? t('common.required') : undefined) },
    async submit({ name }) {
      const organisation = await create.mutateAsync({ body: { name: name.trim() } })
      await navigate(paths.customer(organisation.id))
    },
  })
  return (
    <FormDialog isOpen={isOpen} onClose={onClose} title={t('customers.new')} verb={t('customers.create')} form={form}>
      <TextField
        label={t('customers.name')}
        hint={t('customers.name_hint')}
        maxLength={120}
        data-autofocus
        {...form.field('name')}
      />
    </FormDialog>
  )
}
