// Managers choose what their organisation is called: here, in its inquiries, and at the vendor.
import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { api, useVendor } from '#api'
import { Button, FormDialog, TextField, useForm } from '#ui'
import { useTranslation } from '#words'
import type { OfOrganisation } from './people-card.tsx'

export function RenameOrganisation({ organisation: { id, name } }: OfOrganisation) {
  const { t } = useTranslation()
  const vendor = useVendor()
  const [isOpen, setOpen] = useState(false)
  const change = api.useMutation('patch', '/api/v1/organisations/{organisationId}')
  const form = useForm({
    initial: { name },
    check: { name: (wish) => (wish.trim() === '' ? t('organisation.name_empty') : undefined) },
    async submit(wish) {
      await change.mutateAsync({ params: { path: { organisationId: id } }, body: { name: wish.name.trim() } })
      setOpen(false)
    },
  })
  function open() {
    // Somebody else may have renamed it since the page was opened.
    form.reset({ name })
    setOpen(true)
  }
  return (
    <>
      <Button icon={<IconPencil className="i" aria-hidden />} onClick={open}>
        {t('organisation.rename')}
      </Button>
      <FormDialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t('organisation.rename_title')}
        verb={t('organisation.rename_save')}
        form={form}
      >
        <TextField
          label={t('organisation.name')}
          hint={t('organisation.name_hint', { vendor: vendor.name })}
          autoComplete="organization"
          maxLength={120}
          data-autofocus
          {...form.field('name')}
        />
      </FormDialog>
    </>
  )
}
