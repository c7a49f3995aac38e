// The fields of a known error, for making one and for changing it; what customers see is said with each.
import type { ChangeEvent } from 'react'
import { RadioCards, TextArea, TextField } from '#ui'
import { useTranslation } from '#words'

export const EDITED = ['title', 'affectedVersions', 'workaround', 'description', 'cause', 'state'] as const
export type Wish = Record<(typeof EDITED)[number], string>

export const STATES = ['draft', 'open', 'closed'] as const

interface FieldOf {
  name: string
  value: string
  error: string | undefined
  onBlur: () => void
  onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>) => void
}

interface FieldsProps {
  form: { values: { state: string }; field: (name: keyof Wish) => FieldOf; set: (name: 'state', value: string) => void }
}

export function KnownErrorFields({ form }: FieldsProps) {
  const { t } = useTranslation()
  const text = { maxLength: 20_000, rows: 5 }
  return (
    <>
      <TextField
        label={t('knownErrors.form.title')}
        hint={t('knownErrors.form.title_hint')}
        maxLength={200}
        {...form.field('title')}
      />
      <TextField
        label={t('knownErrors.form.versions')}
        hint={t('knownErrors.form.versions_hint')}
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        {...form.field('affectedVersions')}
      />
      <TextArea
        label={t('knownErrors.form.workaround')}
        hint={t('knownErrors.form.workaround_hint')}
        isOptional
        {...text}
        {...form.field('workaround')}
      />
      <TextArea
        label={t('knownErrors.form.description')}
        hint={t('knownErrors.form.description_hint')}
        isOptional
        {...text}
        {...form.field('description')}
      />
      <TextArea
        label={t('knownErrors.form.cause')}
        hint={t('knownErrors.form.cause_hint')}
        isOptional
        {...text}
        {...form.field('cause')}
      />
      <RadioCards
        legend={t('knownErrors.form.state')}
        name="state"
        value={form.values.state}
        onChange={(state) => form.set('state', state)}
        choices={STATES.map((state) => ({
          value: state,
          label: t(`status.known_error.${state}`),
          detail: t(`knownErrors.state_explained.${state}`),
        }))}
      />
    </>
  )
}

export function useWishChecks() {
  const { t } = useTranslation()
  return {
    title: (title: string) => (title.trim() === '' ? t('knownErrors.form.title_missing') : undefined),
    affectedVersions: (versions: string) => (versions.trim() === '' ? t('knownErrors.form.versions_missing') : undefined),
  }
}

export function stateOf(text: string) {
  return STATES.find((state) => state === text) ?? 'open'
}
