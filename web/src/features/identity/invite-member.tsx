// Invites somebody by mail to an organisation, as member or manager.
import { api } from '#api'
import { FormDialog, RadioCards, TextField, useForm } from '#ui'
import { useTranslation } from '#words'

interface InviteMemberProps {
  organisation: { id: string; name: string }
  isOpen: boolean
  onClose: () => void
  onSaid: (words: string) => void
}

/** Loosely; the server looks closer, and the mail decides. */
const ADDRESS = /^\S+@\S+$/

export function InviteMember({ organisation, isOpen, onClose, onSaid }: InviteMemberProps) {
  const { t } = useTranslation()
  const invite = api.useMutation('post', '/api/v1/organisations/{organisationId}/invitations')
  const form = useForm({
    initial: { email: '', role: 'member' },
    check: { email: (email) => (ADDRESS.test(email.trim()) ? undefined : t('organisation.email_wrong')) },
    async submit({ email, role }) {
      const body = { email: email.trim(), role: role === 'manager' ? 'manager' : 'member' } as const
      await invite.mutateAsync({ params: { path: { organisationId: organisation.id } }, body })
      onSaid(t('organisation.sent', { email: body.email }))
      form.reset()
      onClose()
    },
  })
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('organisation.invite_to', { name: organisation.name })}
      verb={t('organisation.invite_send')}
      form={form}
    >
      <TextField
        label={t('organisation.email')}
        hint={t('organisation.email_hint')}
        type="email"
        autoComplete="off"
        maxLength={254}
        data-autofocus
        {...form.field('email')}
      />
      <RadioCards
        legend={t('organisation.role')}
        name="role"
        value={form.values.role}
        onChange={(role) => form.set('role', role)}
        choices={(['member', 'manager'] as const).map((role) => ({
          value: role,
          label: t(`organisation.${role}`),
          detail: t(`organisation.${role}_detail`),
        }))}
      />
    </FormDialog>
  )
}
