// Whether somebody else answered while an answer was being written: then sending asks once more.
import { useState } from 'react'
import { type Schemas, useMe } from '#api'

export function useMeanwhile({ messages }: Schemas['InquiryForStaff'], isWriting: boolean) {
  const me = useMe()
  /** How many messages there were when the writer looked last. */
  const [seen, setSeen] = useState(messages.length)
  const [wasWriting, setWasWriting] = useState(isWriting)
  const [told, setTold] = useState<string>()
  if (isWriting !== wasWriting) {
    setWasWriting(isWriting)
    setSeen(messages.length)
    setTold(undefined)
  }
  const other = messages.slice(seen).findLast(({ from, author }) => from === 'staff' && author?.name !== me.name)?.author?.name
  return {
    /** Who it was, as long as the answer is not sent. */
    name: isWriting ? (other ?? told) : undefined,
    /** False the first time: the writer is asked to read it. */
    maySend() {
      if (!isWriting || other === undefined) return true
      setSeen(messages.length)
      setTold(other)
      return false
    },
  }
}
