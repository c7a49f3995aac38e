// A search of a list: what is written goes into the address a moment later, so that Back undoes it.
import { IconSearch } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useSearchParams } from 'react-router'

const PAUSE_MS = 250

export function SearchField({ label, placeholder }: { label: string; placeholder?: string }) {
  const [search, setSearch] = useSearchParams()
  const asked = search.get('q') ?? ''
  const [text, setText] = useState(asked)
  const [askedBefore, setAskedBefore] = useState(asked)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // Back, or a link, changed the address.
  if (asked !== askedBefore) {
    setAskedBefore(asked)
    if (asked !== text.trim()) setText(asked)
  }
  function write(next: string) {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(
      () => setSearch((before) => withQ(before, next.trim()), { replace: asked !== '', preventScrollReset: true }),
      PAUSE_MS,
    )
  }
  return (
    <label className="searchbox">
      <span className="sr">{label}</span>
      <IconSearch className="i" aria-hidden />
      <input
        className="in"
        type="search"
        data-search
        value={text}
        placeholder={placeholder ?? label}
        maxLength={100}
        onChange={({ target }) => write(target.value)}
      />
    </label>
  )
}

function withQ(before: URLSearchParams, q: string) {
  const next = new URLSearchParams(before)
  if (q === '') next.delete('q')
  else next.set('q', q)
  return next
}
