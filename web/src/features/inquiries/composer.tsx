// Writes an answer or a note; a note changes ground and button, so that nobody sends it to the customer by mistake.
import { IconLock } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import type { Schemas } from '#api'
import { Button, Failure, Segment } from '#ui'
import { useTranslation } from '#words'
import { AddFiles, ChosenFiles } from './pick-files.tsx'
import { pastedFiles } from './use-files.ts'
import type { After, ComposerState, Mode } from './use-composer.ts'

interface ComposerProps {
  inquiry: Schemas['InquiryForStaff']
  composer: ComposerState
}

export function Composer({ inquiry, composer }: ComposerProps) {
  const { t } = useTranslation()
  const { mode, text, write, files, field, isEmpty } = composer
  const customer = inquiry.organisation.name
  const isNote = mode === 'note'
  const placeholder = () => {
    if (isNote) return t('inquiries.composer.note_placeholder', { customer })
    return composer.isReopening
      ? t('inquiries.composer.reopen_placeholder')
      : t('inquiries.composer.answer_placeholder', { customer })
  }
  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit()
    // Esc closes one layer: the field, so that single keys act again.
    if (event.key === 'Escape') event.currentTarget.blur()
  }
  return (
    <form className={`comp${isNote ? ' isnote' : ''}`} onSubmit={composer.submit} noValidate>
      <div className="kinds">
        <Segment
          label={t('inquiries.composer.kind')}
          value={mode}
          onChange={(next: Mode) => composer.begin(next)}
          options={[
            { value: 'answer', words: t('inquiries.composer.answer') },
            { value: 'note', words: t('inquiries.composer.note') },
          ]}
        />
        {isNote && (
          <span className="row s12 warn fg">
            <IconLock className="i s" aria-hidden />
            {t('inquiries.conversation.never_shown')}
          </span>
        )}
      </div>
      <label className="sr" htmlFor="composer">
        {isNote ? t('inquiries.composer.note_label') : t('inquiries.composer.answer_label', { customer })}
      </label>
      <textarea
        id="composer"
        ref={field}
        className="in"
        rows={3}
        maxLength={20_000}
        placeholder={placeholder()}
        aria-invalid={isEmpty || undefined}
        aria-describedby={isEmpty ? 'composer-problem' : undefined}
        value={text}
        readOnly={composer.isBusy}
        onChange={({ target }) => write(target.value)}
        onKeyDown={onKeyDown}
        onPaste={(event) => !isNote && files.add(pastedFiles(event))}
      />
      {isEmpty && (
        <p className="s13 bad fg pad" id="composer-problem" role="alert">
          {t('inquiries.answer.needs_words')}
        </p>
      )}
      {!isNote && <ChosenFiles files={files} />}
      <div className="pad">
        {composer.meanwhile && (
          <p className="s13 warn fg" role="alert">
            {t('inquiries.composer.meanwhile', { name: composer.meanwhile })}
          </p>
        )}
        <Failure error={composer.error} />
      </div>
      <Foot inquiry={inquiry} composer={composer} />
    </form>
  )
}

function Foot({ inquiry, composer }: ComposerProps) {
  const { t } = useTranslation()
  const { mode, isReopening, isBusy, files } = composer
  const words = () => {
    if (mode === 'note') return isBusy ? t('inquiries.composer.adding') : t('inquiries.composer.add_note')
    if (isReopening) return isBusy ? t('inquiries.composer.reopening') : t('inquiries.composer.reopen')
    return isBusy ? t('inquiries.composer.sending') : t('inquiries.composer.send')
  }
  return (
    <div className="ft">
      {mode === 'answer' && <AddFiles files={files} isIcon label={t('inquiries.composer.attach')} />}
      <span className="t3 s12">{t('inquiries.composer.formatting')}</span>
      <span className="sp" />
      {mode === 'answer' && !isReopening && <Afterwards inquiry={inquiry} composer={composer} />}
      <Button
        type="submit"
        size="small"
        look={mode === 'note' ? 'plain' : 'primary'}
        isBusy={isBusy}
        className={mode === 'note' ? 'addnote' : ''}
      >
        {words()}
        <kbd className="kbd" aria-hidden>
          {isApple() ? '⌘↵' : 'Ctrl ↵'}
        </kbd>
      </Button>
    </div>
  )
}

/** Whose turn it is after the answer; what is on its way stays so. */
function Afterwards({ inquiry: { status, fix }, composer: { after, setAfter } }: ComposerProps) {
  const { t } = useTranslation()
  if (status === 'fix_on_its_way')
    return <span className="t3 s12">{t('inquiries.composer.stays', { version: fix?.version ?? '' })}</span>
  return (
    <label className="row s12 t2 after">
      {t('inquiries.composer.after')}
      <select
        className="in"
        value={after}
        onChange={({ target }) => setAfter(target.value === 'with_us' ? 'with_us' : ('waits_for_customer' satisfies After))}
      >
        <option value="waits_for_customer">{t('inquiries.composer.waits_for_customer')}</option>
        <option value="with_us">{t('inquiries.composer.with_us')}</option>
      </select>
    </label>
  )
}

function isApple() {
  return /Mac|iPhone|iPad/.test(navigator.userAgent)
}
