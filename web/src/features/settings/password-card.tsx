// One's password: changed with the old one; who has none signs in by mailed links and passkeys.
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { problemOf, useMe } from '#api'
import { Button, Card, CheckBox, FormDialog, TextField, useForm } from '#ui'
import { useTranslation } from '#words'
import { changePassword } from './auth.ts'

/** As the server has it (people/password.ts). */
const MIN = 12
const MAX = 256

export function PasswordCard() {
  const { t } = useTranslation()
  const { hasPassword } = useMe()
  const [isChanging, setChanging] = useState(false)
  const [isChanged, setChanged] = useState(false)
  const change = hasPassword && (
    <Button size="small" onClick={() => setChanging(true)}>
      {t('settings.password.change')}
    </Button>
  )
  return (
    <Card title={t('settings.password.title')} actions={change}>
      <div className="stack" style={{ '--gap': '6px' }}>
        <p>{t(hasPassword ? 'settings.password.is_set' : 'settings.password.not_set')}</p>
        {hasPassword && <p className="t3 s13">{t('settings.password.forgotten')}</p>}
        <p role="status" className={isChanged ? 'ok fg' : 'sr'}>
          {isChanged && t('settings.password.changed')}
        </p>
      </div>
      <ChangePassword isOpen={isChanging} onClose={() => setChanging(false)} onDone={() => setChanged(true)} />
    </Card>
  )
}

function ChangePassword({ isOpen, onClose, onDone }: { isOpen: boolean; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation()
  const change = useMutation({ mutationFn: changePassword })
  const form = useForm({
    initial: { current: '', next: '', others: true },
    check: {
      current: (current) => (current === '' ? t('common.required') : undefined),
      next: (next) => (next.length < MIN || next.length > MAX ? t('settings.password.too_short', { min: MIN }) : undefined),
    },
    async submit({ current, next, others }) {
      await change
        .mutateAsync({ currentPassword: current, newPassword: next, revokeOtherSessions: others })
        .catch((error: unknown) => {
          throw wrongPassword(error, '/current', t('settings.password.wrong'))
        })
      form.reset()
      onDone()
      onClose()
    },
  })
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('settings.password.change')}
      verb={t('settings.password.change')}
      form={form}
    >
      <TextField
        label={t('settings.password.current')}
        type="password"
        autoComplete="current-password"
        maxLength={MAX}
        data-autofocus
        {...form.field('current')}
      />
      <TextField
        label={t('settings.password.new')}
        hint={t('settings.password.new_hint', { min: MIN })}
        type="password"
        autoComplete="new-password"
        {...form.field('next')}
      />
      <CheckBox label={t('settings.password.others')} {...form.box('others')} />
    </FormDialog>
  )
}

/** Its refusals name no field; this one is about the password that was given. */
export function wrongPassword(error: unknown, pointer: string, detail: string) {
  const problem = problemOf(error)
  if (!problem.code.endsWith('invalid_password')) return error
  return { ...problem, errors: [{ pointer, code: problem.code, detail }] }
}
