// What is being written in an inquiry: an answer or a note, each with its own draft, and what becomes of it when it is sent.
import { type FormEvent, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { api, type Schemas } from '#api'
import { useDraft } from './use-draft.ts'
import { useFiles } from './use-files.ts'
import { useMeanwhile } from './use-meanwhile.ts'

export type Mode = 'answer' | 'note'
export type After = 'waits_for_customer' | 'with_us'

export type ComposerState = ReturnType<typeof useComposer>

export function useComposer(inquiry: Schemas['InquiryForStaff'], onSent: () => void) {
  const { id, closedAt } = inquiry
  const [mode, setMode] = useState<Mode>('answer')
  const [after, setAfter] = useState<After>('waits_for_customer')
  const [answer, writeAnswer] = useDraft(`${id}:answer`)
  const [note, writeNote] = useDraft(`${id}:note`)
  const [isEmpty, setEmpty] = useState(false)
  const files = useFiles()
  const field = useRef<HTMLTextAreaElement>(null)
  const send = useSending(id)
  const isReopening = mode === 'answer' && closedAt !== null
  const text = mode === 'answer' ? answer : note
  const meanwhile = useMeanwhile(inquiry, mode === 'answer' && answer.trim() !== '')

  function begin(next: Mode) {
    // The field must be the right one before it is focused.
    flushSync(() => setMode(next))
    field.current?.focus()
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (send.isBusy || files.isSending) return
    const words = text.trim()
    const hasFiles = mode === 'answer' && files.isAny
    setEmpty(words === '' && !hasFiles && !isReopening)
    if (words === '' && !hasFiles && !isReopening) return field.current?.focus()
    if (!meanwhile.maySend()) return field.current?.focus()
    await send.words({ mode, words, after, isReopening })
    if (mode === 'answer') writeAnswer('')
    else writeNote('')
    if (hasFiles) await files.sendTo(id)
    onSent()
  }

  return {
    mode,
    setMode,
    after,
    setAfter,
    text,
    write: mode === 'answer' ? writeAnswer : writeNote,
    files,
    field,
    isReopening,
    isEmpty: isEmpty && text === '',
    isBusy: send.isBusy || files.isSending,
    error: mode === 'note' ? send.noteError : send.answerError,
    /** Who answered while this was being written. */
    meanwhile: meanwhile.name,
    begin,
    /** Puts a text into the answer, behind what stands there. */
    beginWith(words: string) {
      writeAnswer(answer.trim() === '' ? words : `${answer.trimEnd()}\n\n${words}`)
      begin('answer')
    },
    // What failed is said beside the button; nothing is lost.
    submit: (event: FormEvent) => void submit(event).catch(() => undefined),
  }
}

interface Message {
  mode: Mode
  words: string
  after: After
  isReopening: boolean
}

function useSending(inquiryId: string) {
  const answer = api.useMutation('post', '/api/v1/inquiries/{inquiryId}/messages')
  const note = api.useMutation('post', '/api/v1/inquiries/{inquiryId}/notes')
  const reopen = api.useMutation('post', '/api/v1/inquiries/{inquiryId}/reopen')
  const params = { path: { inquiryId } }
  return {
    isBusy: answer.isPending || note.isPending || reopen.isPending,
    answerError: answer.error ?? reopen.error,
    noteError: note.error,
    async words({ mode, words, after, isReopening }: Message) {
      if (mode === 'note') return note.mutateAsync({ params, body: { text: words } })
      if (isReopening) return reopen.mutateAsync({ params, body: words === '' ? {} : { text: words } })
      // Files alone need no words.
      return words === '' ? undefined : answer.mutateAsync({ params, body: { text: words, status: after } })
    },
  }
}
