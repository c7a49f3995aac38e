// Turns the second step off, with the password.
import { useMutation } from '@tanstack/react-query'
import { useMe } from '#api'
import { FormDialog, TextField, useForm } from '#ui'
import { useTranslation } from '#words'
import { endSecondStep } from './auth.ts'
import { wrongPassword } from './password-card.tsx'

export function TurnOffSecondStep({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { hasPassword } = useMe()
  const end = useMutation({ mutationFn: endSecondStep })
  const form = useForm({
    initial: { password: '' },
    check: { password: (password) => (hasPassword && password === '' ? t('common.required') : undefined) },
    async submit({ password }) {
      await end.mutateAsync(password || undefined).catch((error: unknown) => {
        throw wrongPassword(error, '/password', t('settings.password.wrong'))
      })
      onClose()
    },
  })
  return (
    <FormDialog isOpen onClose={onClose} title={t('settings.code.turn_off_title')} verb={t('settings.code.turn_off')} form={form}>
      <p className="t2">{t('settings.code.turn_off_text')}</p>
      {hasPassword && (
        <TextField
          label={t('settings.code.password')}
          type="password"
          autoComplete="current-password"
          data-autofocus
          {...form.field('password')}
        />
      )}
    </FormDialog>
  )
}
