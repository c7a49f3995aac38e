// What the customer can do in an inquiry: answer, say that it is solved, or open it again.
import { IconReload, IconThumbUp } from '@tabler/icons-react'
import { type FormEvent, type RefObject, useRef, useState } from 'react'
import { api, type Schemas, useMe } from '#api'
import { paths } from '#paths'
import { Button, ButtonLink, Failure, formatDay, useNow } from '#ui'
import { useTranslation } from '#words'
import { AddFiles, ChosenFiles } from './pick-files.tsx'
import { useDraft } from './use-draft.ts'
import { pastedFiles, useFiles } from './use-files.ts'

/** As the server has it. */
const REOPEN_DAYS = 30

interface AnswerProps {
  inquiry: Schemas['Inquiry']
  vendor: string
}

export function MyAnswer({ inquiry, vendor }: AnswerProps) {
  const { t } = useTranslation()
  const { permissions } = useMe()
  const field = useRef<HTMLTextAreaElement>(null)
  if (!permissions.includes('inquiries:answer')) return <p className="conv t2">{t('inquiries.answer.read_only')}</p>
  if (inquiry.closedAt) return <Reopen inquiry={inquiry} closedAt={inquiry.closedAt} />
  const isAnswered = inquiry.messages.some(({ from }) => from === 'staff')
  return (
    <div className="conv" style={{ '--gap': '16px' }}>
      <Reply inquiry={inquiry} vendor={vendor} field={field} />
      {isAnswered && <Solved inquiryId={inquiry.id} onNo={() => field.current?.focus()} />}
    </div>
  )
}

function Reply({ inquiry: { id }, vendor, field }: AnswerProps & { field: RefObject<HTMLTextAreaElement | null> }) {
  const { t } = useTranslation()
  const [text, write] = useDraft(id)
  const files = useFiles()
  const answer = api.useMutation('post', '/api/v1/inquiries/{inquiryId}/messages')
  const [problem, setProblem] = useState<string>()
  const isBusy = answer.isPending || files.isSending

  async function send(event: FormEvent) {
    event.preventDefault()
    const words = text.trim()
    if (words === '' && !files.isAny) {
      setProblem(t('inquiries.answer.needs_words'))
      return field.current?.focus()
    }
    setProblem(undefined)
    if (words !== '') {
      await answer.mutateAsync({ params: { path: { inquiryId: id } }, body: { text: words } })
      write('')
    }
    if (!(await files.sendTo(id))) setProblem(t('inquiries.files.some_failed'))
  }

  return (
    // What failed is said below; nothing is lost.
    <form className="stack" noValidate onSubmit={(event) => void send(event).catch(() => undefined)}>
      <div className="field">
        <label htmlFor="reply">{t('inquiries.answer.label')}</label>
        <textarea
          id="reply"
          ref={field}
          className={`in${problem ? ' err' : ''}`}
          rows={3}
          maxLength={20_000}
          placeholder={t('inquiries.answer.placeholder', { vendor })}
          aria-describedby={problem ? 'reply-problem' : undefined}
          aria-invalid={problem ? true : undefined}
          value={text}
          readOnly={isBusy}
          onChange={({ target }) => write(target.value)}
          onPaste={(event) => files.add(pastedFiles(event))}
        />
        {problem && (
          <p className="s13 bad fg" id="reply-problem" role="alert">
            {problem}
          </p>
        )}
      </div>
      <ChosenFiles files={files} />
      <Failure error={answer.error} />
      <div className="row wrapf">
        <Button type="submit" look="primary" isBusy={isBusy}>
          {isBusy ? t('inquiries.answer.sending') : t('inquiries.answer.send')}
        </Button>
        <AddFiles files={files} />
        <span className="t3 s13">{t('inquiries.files.hint')}</span>
      </div>
    </form>
  )
}

function Solved({ inquiryId, onNo }: { inquiryId: string; onNo: () => void }) {
  const { t } = useTranslation()
  const solved = api.useMutation('post', '/api/v1/inquiries/{inquiryId}/solved')
  return (
    <div className="solved">
      <p className="bb sp">{t('inquiries.answer.solved_question')}</p>
      <div className="row wrapf">
        <Button
          icon={<IconThumbUp className="i" aria-hidden />}
          isBusy={solved.isPending}
          onClick={() => solved.mutate({ params: { path: { inquiryId } } })}
        >
          {solved.isPending ? t('inquiries.answer.closing') : t('inquiries.answer.yes')}
        </Button>
        <Button look="ghost" onClick={onNo}>
          {t('inquiries.answer.no')}
        </Button>
      </div>
      <Failure error={solved.error} />
    </div>
  )
}

function Reopen({ inquiry: { id, installations }, closedAt }: { inquiry: Schemas['Inquiry']; closedAt: string }) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const now = useNow(undefined)
  const until = new Date(closedAt)
  until.setDate(until.getDate() + REOPEN_DAYS)
  if (until.getTime() < now) {
    const installation = installations[0]?.installationId
    return (
      <div className="conv" style={{ '--gap': '12px' }}>
        <p className="t2">{t('inquiries.answer.reopen_over', { id })}</p>
        <p>
          <ButtonLink to={paths.newInquiry(installation ? { installation } : {})}>{t('inquiries.new')}</ButtonLink>
        </p>
      </div>
    )
  }
  return (
    <div className="conv" style={{ '--gap': '12px' }}>
      <div className="solved">
        <p className="bb sp">{t('inquiries.answer.reopen_question')}</p>
        {!isAsking && (
          <Button icon={<IconReload className="i" aria-hidden />} onClick={() => setAsking(true)}>
            {t('inquiries.answer.reopen')}
          </Button>
        )}
      </div>
      {isAsking && <ReopenWithWords inquiryId={id} />}
      <p className="t3 s13">{t('inquiries.answer.reopen_until', { date: formatDay(until) })}</p>
    </div>
  )
}

function ReopenWithWords({ inquiryId }: { inquiryId: string }) {
  const { t } = useTranslation()
  const [text, write] = useDraft(`${inquiryId}:reopen`)
  const reopen = api.useMutation('post', '/api/v1/inquiries/{inquiryId}/reopen')

  function send(event: FormEvent) {
    event.preventDefault()
    const words = text.trim()
    const body = words === '' ? {} : { text: words }
    reopen.mutate({ params: { path: { inquiryId } }, body }, { onSuccess: () => write('') })
  }

  return (
    <form className="stack" noValidate onSubmit={send}>
      <div className="field">
        <label htmlFor="reopen">{t('inquiries.answer.reopen_label')}</label>
        <textarea
          id="reopen"
          className="in"
          rows={3}
          maxLength={20_000}
          ref={focusOn}
          value={text}
          onChange={({ target }) => write(target.value)}
        />
      </div>
      <Failure error={reopen.error} />
      <p>
        <Button type="submit" look="primary" isBusy={reopen.isPending}>
          {reopen.isPending ? t('inquiries.answer.reopening') : t('inquiries.answer.reopen_send')}
        </Button>
      </p>
    </form>
  )
}

/** Asked for by the button just before. */
function focusOn(element: HTMLElement | null) {
  element?.focus()
}
