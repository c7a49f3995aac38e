// Changes the name of a product, who may fetch it, and how long a fix must prove itself.
import { api, type Schemas } from '#api'
import { FormDialog, useForm } from '#ui'
import { useTranslation } from '#words'
import { ProductFields, type ProductValues } from './product-fields.tsx'

export function ChangeProduct({ product, onClose }: { product: Schemas['Product']; onClose: () => void }) {
  const { t } = useTranslation()
  const change = api.useMutation('patch', '/api/v1/products/{productId}')
  const form = useForm<ProductValues>({
    initial: { name: product.name, isPublic: product.isPublic, bakeSeconds: String(product.bakeSeconds) },
    check: { name: (name) => (name.trim() === '' ? t('common.required') : undefined) },
    async submit({ name, isPublic, bakeSeconds }) {
      const body = { name: name.trim(), isPublic, bakeSeconds: Number(bakeSeconds) }
      await change.mutateAsync({ params: { path: { productId: product.id } }, body })
      onClose()
    },
  })
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t('settings.product.change_of', { name: product.name })}
      verb={t('settings.product.save')}
      form={form}
    >
      <ProductFields form={form} />
    </FormDialog>
  )
}
