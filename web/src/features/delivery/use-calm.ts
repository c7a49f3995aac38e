// A sentence for those who hear the page: it may change often, but is said at most once in a while.
import { useEffect, useRef, useState } from 'react'

export function useCalm(sentence: string, everyMs = 10_000) {
  const [said, setSaid] = useState('')
  const saidAt = useRef(0)
  useEffect(() => {
    const wait = Math.max(0, saidAt.current + everyMs - Date.now())
    const timer = setTimeout(() => {
      saidAt.current = Date.now()
      setSaid(sentence)
    }, wait)
    return () => clearTimeout(timer)
  }, [sentence, everyMs])
  return said
}
