// The one question before what cannot be undone: it names what it does, and what goes on meanwhile.
import { type ReactNode, useId, useState } from 'react'
import { problemOf } from '#api'
import { useTranslation } from '#words'
import { Modal } from './boxes.tsx'
import { Button } from './button.tsx'
import { TextArea } from './fields.tsx'

interface ConfirmProps {
  isOpen: boolean
  onClose: () => void
  /** A question that names the thing and the number: Halt 1.4.2 and roll back 115 installations? */
  question: string
  /** What happens then, by when, and what does not. */
  children: ReactNode
  /** The verb, with its object. */
  verb: string
  /** While it is being done: Halting… */
  busyVerb?: string
  /** What the other button says: Keep going. */
  keep?: string
  /** Not everything that asks destroys (publishing). */
  isHarmless?: boolean
  /** Label of a reason that must be given. */
  reasonLabel?: string
  onConfirm: (reason: string) => Promise<unknown>
}

export function Confirm(props: ConfirmProps) {
  const { isOpen, onClose, question } = props
  const { t } = useTranslation()
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={question}
      centered
      size={480}
      padding={24}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      // Mantine's head is a <header>: a banner, which a page has once.
      attributes={{ header: { role: 'presentation' } }}
    >
      {isOpen && <Question {...props} />}
    </Modal>
  )
}

function Question({ onClose, children, verb, busyVerb, keep, isHarmless = false, reasonLabel, onConfirm }: ConfirmProps) {
  const { t } = useTranslation()
  const form = useId()
  const [reason, setReason] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const isReasonMissing = reasonLabel !== undefined && reason.trim() === ''

  async function act() {
    if (isBusy) return
    if (isReasonMissing) return setFailure(t('common.required'))
    setBusy(true)
    try {
      await onConfirm(reason.trim())
      onClose()
    } catch (error) {
      const { status, detail } = problemOf(error)
      setFailure(status === 0 ? t('common.action_failed_away') : detail)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form
      id={form}
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void act()
      }}
    >
      <div className="t2">{children}</div>
      {reasonLabel !== undefined && (
        <TextArea
          label={reasonLabel}
          data-autofocus
          rows={2}
          maxLength={500}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
          error={failure}
        />
      )}
      {reasonLabel === undefined && failure !== undefined && (
        <p className="bad fg" role="alert">
          {failure}
        </p>
      )}
      <div className="row wrapf ends">
        <Button onClick={onClose}>{keep ?? t('common.cancel')}</Button>
        <Button type="submit" look={isHarmless ? 'primary' : 'confirm'} isBusy={isBusy}>
          {isBusy ? (busyVerb ?? verb) : verb}
        </Button>
      </div>
    </form>
  )
}
