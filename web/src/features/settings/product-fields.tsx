// The fields that a new and a changed product share.
import type { ReactNode } from 'react'
import { CheckBox, formatDuration, Select, TextField, type useForm } from '#ui'
import { useTranslation } from '#words'

// A type, since an interface would not count as a record.
// oxlint-disable-next-line typescript/consistent-type-definitions
export type ProductValues = {
  name: string
  isPublic: boolean
  bakeSeconds: string
}

/** From at once to a week. */
const BAKES = [0, 60, 600, 3600, 21_600, 86_400, 259_200, 604_800]

type Fields = Pick<ReturnType<typeof useForm<ProductValues>>, 'field' | 'box' | 'values'>

/** `children` stand below the name. */
export function ProductFields({ form, children }: { form: Fields; children?: ReactNode }) {
  const { t } = useTranslation()
  const bakes = [...new Set([...BAKES, Number(form.values.bakeSeconds)])].toSorted((a, b) => a - b)
  return (
    <>
      <TextField label={t('settings.product.name')} maxLength={120} data-autofocus {...form.field('name')} />
      {children}
      <Select
        label={t('settings.product.bake')}
        hint={t('settings.product.bake_hint')}
        choices={bakes.map((seconds) => ({
          value: String(seconds),
          label: seconds === 0 ? t('settings.product.at_once') : formatDuration(seconds * 1000),
        }))}
        {...form.field('bakeSeconds')}
      />
      <CheckBox
        label={
          <>
            {t('settings.product.public')}
            <span className="below">{t('settings.product.public_hint')}</span>
          </>
        }
        {...form.box('isPublic')}
      />
    </>
  )
}
