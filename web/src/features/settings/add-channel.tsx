// Adds a channel to a product.
import { api, type Schemas } from '#api'
import { FormDialog, TextField, useForm } from '#ui'
import { useTranslation } from '#words'
import { isSlug } from './slug.ts'

export function AddChannel({ product, onClose }: { product: Schemas['Product']; onClose: () => void }) {
  const { t } = useTranslation()
  const add = api.useMutation('post', '/api/v1/products/{productId}/channels')
  const form = useForm({
    initial: { name: '' },
    check: { name: (name) => (isSlug(name.trim()) ? undefined : t('settings.product.id_wrong')) },
    async submit({ name }) {
      await add.mutateAsync({ params: { path: { productId: product.id } }, body: { name: name.trim() } })
      onClose()
    },
  })
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t('settings.product.add_channel')}
      verb={t('settings.product.add_channel')}
      form={form}
    >
      <TextField
        label={t('settings.product.channel')}
        hint={t('settings.product.channel_hint')}
        maxLength={40}
        data-autofocus
        {...form.field('name')}
      />
    </FormDialog>
  )
}
