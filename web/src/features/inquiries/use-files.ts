// The files that somebody wants to send: chosen, checked, sent one after the other, kept until they arrived.
import { useRef, useState } from 'react'
import { problemOf, queryClient } from '#api'
import { inquiryQuery } from './inquiry-queries.ts'
import { MOST_BYTES, sendFile } from './send-file.ts'

export interface Chosen {
  id: number
  file: File
  state: 'waiting' | 'sending' | 'sent' | 'failed' | 'too_big' | 'empty'
  sentBytes: number
  /** What the server said; empty where it said nothing. */
  detail: string
}

export type Files = ReturnType<typeof useFiles>

let lastId = 0

export function useFiles() {
  const [chosen, setChosen] = useState<Chosen[]>([])
  // What is sent must be what is there when it is sent, not when the function was made.
  const current = useRef(chosen)
  const change = (next: (before: Chosen[]) => Chosen[]) => {
    current.current = next(current.current)
    setChosen(current.current)
  }
  const set = (id: number, values: Partial<Chosen>) =>
    change((all) => all.map((one) => (one.id === id ? { ...one, ...values } : one)))

  async function send({ id, file }: Chosen, inquiryId: string) {
    set(id, { state: 'sending', sentBytes: 0 })
    try {
      await sendFile({ inquiryId, file, onProgress: (sentBytes) => set(id, { sentBytes }) })
      set(id, { state: 'sent' })
      return true
    } catch (error) {
      set(id, { state: 'failed', detail: problemOf(error).detail })
      return false
    }
  }

  return {
    chosen,
    isAny: chosen.some(({ state }) => state === 'waiting' || state === 'failed'),
    isSending: chosen.some(({ state }) => state === 'sending'),
    add: (files: Iterable<File>) => change((all) => [...all, ...Array.from(files, newlyChosen)]),
    remove: (id: number) => change((all) => all.filter((one) => one.id !== id)),
    clear: () => change(() => []),
    /** True where all arrived; those that did not stay, to be sent again. */
    async sendTo(inquiryId: string) {
      let areAllSent = true
      for (const one of current.current.filter(({ state }) => state === 'waiting' || state === 'failed'))
        areAllSent = (await send(one, inquiryId)) && areAllSent
      await queryClient.invalidateQueries({ queryKey: inquiryQuery(inquiryId).queryKey })
      change((all) => all.filter(({ state }) => state !== 'sent'))
      return areAllSent
    },
  }
}

function newlyChosen(file: File): Chosen {
  lastId += 1
  const state = file.size > MOST_BYTES ? 'too_big' : file.size === 0 ? 'empty' : 'waiting'
  return { id: lastId, file, state, sentBytes: 0, detail: '' }
}

/** Screenshots out of the clipboard; text is left to the field. */
export function pastedFiles({ clipboardData }: { clipboardData: DataTransfer }) {
  return [...clipboardData.files]
}
