// Makes a product; the server gives it its first channels.
import { api } from '#api'
import { FormDialog, TextField, useForm } from '#ui'
import { useTranslation } from '#words'
import { ProductFields, type ProductValues } from './product-fields.tsx'
import { isSlug, toSlug } from './slug.ts'

type Values = ProductValues & { id: string }

export function NewProduct({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const create = api.useMutation('post', '/api/v1/products')
  const wrong = (slug: string) => (isSlug(slug) ? undefined : t('settings.product.id_wrong'))
  const form = useForm<Values>({
    initial: { name: '', id: '', isPublic: false, bakeSeconds: '60' },
    check: { name: (name) => (name.trim() === '' ? t('common.required') : undefined), id: (id) => wrong(id) },
    async submit({ name, id, isPublic, bakeSeconds }) {
      await create.mutateAsync({ body: { id, name: name.trim(), isPublic, bakeSeconds: Number(bakeSeconds) } })
      form.reset()
      onClose()
    },
  })
  const id = form.field('id')
  return (
    <FormDialog isOpen={isOpen} onClose={onClose} title={t('settings.product.new')} verb={t('settings.product.make')} form={form}>
      {/* The short name follows the name until somebody writes their own. */}
      <div
        className="stack"
        style={{ '--gap': '16px' }}
        onBlur={({ target }) =>
          target instanceof HTMLInputElement && target.name === 'name' && id.value === '' && form.set('id', toSlug(target.value))
        }
      >
        <ProductFields form={form}>
          <TextField label={t('settings.product.id')} hint={t('settings.product.id_hint')} maxLength={40} {...id} />
        </ProductFields>
      </div>
    </FormDialog>
  )
}
