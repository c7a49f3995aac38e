// Invites somebody by mail to be staff, with roles.
import { useState } from 'react'
import { api } from '#api'
import { FormDialog, TextField, useForm } from '#ui'
import { useTranslation } from '#words'
import { RoleChecks } from './role-checks.tsx'
import type { Role } from './roles.ts'

interface InviteStaffProps {
  isOpen: boolean
  onClose: () => void
  onSaid: (words: string) => void
}

/** Loosely; the server looks closer, and the mail decides. */
const ADDRESS = /^\S+@\S+$/

export function InviteStaff({ isOpen, onClose, onSaid }: InviteStaffProps) {
  const { t } = useTranslation()
  const [roles, setRoles] = useState<Role[]>(['developer'])
  const invite = api.useMutation('post', '/api/v1/staff/invitations')
  const form = useForm({
    initial: { email: '' },
    check: { email: (email) => (ADDRESS.test(email.trim()) ? undefined : t('settings.staff.email_wrong')) },
    async submit({ email }) {
      if (roles.length === 0) return
      await invite.mutateAsync({ body: { email: email.trim(), roles } })
      onSaid(t('settings.staff.sent', { email: email.trim() }))
      form.reset()
      onClose()
    },
  })
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('settings.staff.invite')}
      verb={t('settings.staff.invite_send')}
      form={form}
    >
      <TextField
        label={t('settings.staff.email')}
        type="email"
        autoComplete="off"
        maxLength={254}
        data-autofocus
        {...form.field('email')}
      />
      <RoleChecks roles={roles} onChange={setRoles} />
    </FormDialog>
  )
}
