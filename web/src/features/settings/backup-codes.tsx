// Backup codes for a lost authenticator app: shown once, made anew with the password.
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '#api'
import { Button, CopyButton, FormDialog, Modal, TextField, useForm } from '#ui'
import { useTranslation } from '#words'
import { makeBackupCodes } from './auth.ts'
import { wrongPassword } from './password-card.tsx'

export function BackupCodes({ codes }: { codes: string[] }) {
  const { t } = useTranslation()
  return (
    <div className="stack" style={{ '--gap': '6px' }}>
      <div className="row">
        <h3 className="sp">{t('settings.code.backup')}</h3>
        <CopyButton text={codes.join('\n')} />
      </div>
      <p className="t2 s13">{t('settings.code.backup_text')}</p>
      <ul className="codes mono">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </div>
  )
}

export function NewBackupCodes({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { hasPassword } = useMe()
  const [codes, setCodes] = useState<string[]>()
  const make = useMutation({ mutationFn: makeBackupCodes })
  const form = useForm({
    initial: { password: '' },
    check: { password: (password) => (hasPassword && password === '' ? t('common.required') : undefined) },
    async submit({ password }) {
      const made = await make.mutateAsync(password || undefined).catch((error: unknown) => {
        throw wrongPassword(error, '/password', t('settings.password.wrong'))
      })
      setCodes(made.backupCodes)
    },
  })
  if (codes)
    return (
      <Modal
        opened
        onClose={onClose}
        title={t('settings.code.new_codes')}
        centered
        size={480}
        padding={24}
        closeButtonProps={{ 'aria-label': t('common.close') }}
        attributes={{ header: { role: 'presentation' } }}
      >
        <div className="stack" style={{ '--gap': '16px' }}>
          <BackupCodes codes={codes} />
          <div className="row ends">
            <Button look="primary" onClick={onClose}>
              {t('settings.code.done')}
            </Button>
          </div>
        </div>
      </Modal>
    )
  return (
    <FormDialog isOpen onClose={onClose} title={t('settings.code.new_codes')} verb={t('settings.code.make_codes')} form={form}>
      <p className="t2">{t('settings.code.new_codes_text')}</p>
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
