// A known error being changed where it stands; nothing is saved by itself.
import { useEffect } from 'react'
import { api } from '#api'
import { Button, Card, Failure, SaveBar, useForm } from '#ui'
import { useTranslation } from '#words'
import { EDITED, KnownErrorFields, stateOf, useWishChecks, type Wish } from './known-error-fields.tsx'
import type { KnownErrorDetail } from './known-error-queries.ts'

export function EditKnownError({ knownError, onDone }: { knownError: KnownErrorDetail; onDone: () => void }) {
  const { t } = useTranslation()
  const change = api.useMutation('patch', '/api/v1/known-errors/{knownErrorId}')
  const initial: Wish = {
    title: knownError.title,
    affectedVersions: knownError.affectedVersions,
    workaround: knownError.workaround,
    description: knownError.description,
    cause: knownError.cause,
    state: knownError.state,
  }
  const form = useForm({
    initial,
    check: useWishChecks(),
    async submit(values) {
      const changed = Object.fromEntries(
        EDITED.filter((name) => values[name] !== initial[name]).map((name) => [name, values[name].trim()]),
      )
      // Only what differs is sent: what others changed meanwhile stays.
      const body = { ...changed, ...('state' in changed && { state: stateOf(values.state) }) }
      await change.mutateAsync({ params: { path: { knownErrorId: knownError.id } }, body })
      onDone()
    },
  })
  const { ref } = form.form
  useEffect(() => ref.current?.querySelector('input')?.focus(), [ref])
  return (
    <Card title={t('knownErrors.page.editing', { id: knownError.id })}>
      <form className="stack keform" {...form.form}>
        <KnownErrorFields form={form} />
        <Failure error={form.failure} />
        {form.changed.length === 0 && (
          <p>
            <Button onClick={onDone}>{t('knownErrors.page.done')}</Button>
          </p>
        )}
        <SaveBar
          changes={form.changed.length}
          isBusy={form.isBusy}
          onSave={() => form.form.ref.current?.requestSubmit()}
          onDiscard={onDone}
        />
      </form>
    </Card>
  )
}
