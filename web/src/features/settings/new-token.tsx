// Makes an API token: what for, what it may, until when.
import { useState } from 'react'
import { api, type Schemas, useMe } from '#api'
import { FormDialog, Select, TextField, useForm } from '#ui'
import { useTranslation } from '#words'
import { Checks } from './checks.tsx'
import { type Scope, SCOPE_WORDS } from './scopes.ts'

interface NewTokenProps {
  isOpen: boolean
  onClose: () => void
  onMade: (made: Schemas['IssuedToken']) => void
}

const DAY_MS = 86_400_000

export function NewToken({ isOpen, onClose, onMade }: NewTokenProps) {
  const { t } = useTranslation()
  const { grantableScopes } = useMe()
  const [scopes, setScopes] = useState<Scope[]>(['read'])
  const create = api.useMutation('post', '/api/v1/tokens')
  const form = useForm({
    initial: { name: '', days: '90' },
    check: { name: (name) => (name.trim() === '' ? t('common.required') : undefined) },
    async submit({ name, days }) {
      if (scopes.length === 0) return
      onMade(await create.mutateAsync({ body: { name: name.trim(), scopes, expiresAt: endOf(days) } }))
      form.reset()
      onClose()
    },
  })
  return (
    <FormDialog isOpen={isOpen} onClose={onClose} title={t('settings.token.new')} verb={t('settings.token.make')} form={form}>
      <TextField
        label={t('settings.token.name')}
        hint={t('settings.token.name_hint')}
        maxLength={120}
        data-autofocus
        {...form.field('name')}
      />
      <Checks
        legend={t('settings.token.scopes')}
        chosen={scopes}
        onChange={setScopes}
        error={scopes.length === 0 ? t('settings.token.scopes_missing') : undefined}
        choices={grantableScopes.map((scope) => ({
          value: scope,
          label: t(`settings.scope.${SCOPE_WORDS[scope]}`),
          detail: t(`settings.scope.${SCOPE_WORDS[scope]}_detail`),
        }))}
      />
      <Select
        label={t('settings.token.expires')}
        {...(form.values.days === '' && { hint: t('settings.token.never_hint') })}
        choices={[
          ...[7, 30, 90].map((count) => ({ value: String(count), label: t('settings.token.in_days', { count }) })),
          { value: '365', label: t('settings.token.in_year') },
          { value: '', label: t('settings.token.never_ends') },
        ]}
        {...form.field('days')}
      />
    </FormDialog>
  )
}

/** In so many days; without a number, never. */
function endOf(days: string) {
  return days === '' ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString()
}
