// A short form in a dialog: for making one thing without leaving the list.
import type { ReactNode } from 'react'
import { useTranslation } from '#words'
import { Modal } from './boxes.tsx'
import { Button } from './button.tsx'
import { Failure } from './failure.tsx'
import type { useForm } from './use-form.ts'

interface FormDialogProps {
  isOpen: boolean
  onClose: () => void
  title: string
  /** What the button does, with its object. */
  verb: string
  form: Pick<ReturnType<typeof useForm>, 'form' | 'isBusy' | 'failure'>
  children: ReactNode
}

export function FormDialog({ isOpen, onClose, title, verb, form, children }: FormDialogProps) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      centered
      size={480}
      padding={24}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      attributes={{ header: { role: 'presentation' } }}
    >
      <form className="stack" style={{ '--gap': '16px' }} {...form.form}>
        {children}
        <Failure error={form.failure} />
        <div className="row wrapf ends">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" isBusy={form.isBusy}>
            {verb}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
