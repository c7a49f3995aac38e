// Turns the second step on: the password, then the key into the app, then a code of the app as proof.
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '#api'
import { Code, FormDialog, TextField, useForm } from '#ui'
import { useTranslation } from '#words'
import { beginSecondStep, confirmSecondStep, type SecondStep } from './auth.ts'
import { BackupCodes } from './backup-codes.tsx'
import { wrongPassword } from './password-card.tsx'
import { QrCode } from './qr-code.tsx'

export function TurnOnSecondStep({ onClose }: { onClose: () => void }) {
  const [begun, setBegun] = useState<SecondStep>()
  return begun ? <Prove begun={begun} onClose={onClose} /> : <Begin onBegun={setBegun} onClose={onClose} />
}

function Begin({ onBegun, onClose }: { onBegun: (begun: SecondStep) => void; onClose: () => void }) {
  const { t } = useTranslation()
  const { hasPassword } = useMe()
  const begin = useMutation({ mutationFn: beginSecondStep })
  const form = useForm({
    initial: { password: '' },
    check: { password: (password) => (hasPassword && password === '' ? t('common.required') : undefined) },
    async submit({ password }) {
      const begun = await begin.mutateAsync(password || undefined).catch((error: unknown) => {
        throw wrongPassword(error, '/password', t('settings.password.wrong'))
      })
      onBegun(begun)
    },
  })
  return (
    <FormDialog isOpen onClose={onClose} title={t('settings.code.title')} verb={t('settings.code.next')} form={form}>
      <p className="t2">{t(hasPassword ? 'settings.code.password_text' : 'settings.code.off')}</p>
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

function Prove({ begun: { totpURI, backupCodes }, onClose }: { begun: SecondStep; onClose: () => void }) {
  const { t } = useTranslation()
  const confirm = useMutation({ mutationFn: confirmSecondStep })
  const key = new URL(totpURI).searchParams.get('secret') ?? ''
  const form = useForm({
    initial: { code: '' },
    check: { code: (code) => (/^\d{6}$/.test(code.replaceAll(' ', '')) ? undefined : t('settings.code.confirm_hint')) },
    async submit({ code }) {
      await confirm.mutateAsync(code.replaceAll(' ', '')).catch((error: unknown) => {
        throw wrongCode(error, t('settings.code.confirm_wrong'))
      })
      onClose()
    },
  })
  return (
    <FormDialog isOpen onClose={onClose} title={t('settings.code.title')} verb={t('settings.code.finish')} form={form}>
      <p className="t2">{t('settings.code.scan')}</p>
      <div className="row wrapf qr">
        <QrCode text={totpURI} label={t('settings.code.qr')} />
        <div className="stack sp">
          <h3>{t('settings.code.key')}</h3>
          <Code>{key}</Code>
          <a className="s13 under" href={totpURI}>
            {t('settings.code.open_app')}
          </a>
        </div>
      </div>
      <BackupCodes codes={backupCodes} />
      <TextField
        label={t('settings.code.confirm')}
        hint={t('settings.code.confirm_hint')}
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={9}
        {...form.field('code')}
      />
    </FormDialog>
  )
}

function wrongCode(error: unknown, detail: string) {
  if (typeof error !== 'object' || error === null || !('status' in error) || error.status === 429) return error
  return { ...error, errors: [{ pointer: '/code', code: 'code.wrong', detail }] }
}
