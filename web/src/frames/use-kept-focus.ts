// After a way to another page the focus is in it: whoever uses keys, or hears the page, goes on there and not at its very top.
import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'

/** A box that the address opens and closes gives the focus back itself, a moment later. */
const SETTLED_MS = 50

export function useKeptFocus() {
  const { pathname, search } = useLocation()
  const here = pathname + search
  const before = useRef(here)
  useEffect(() => {
    const isNew = before.current !== here
    before.current = here
    if (!isNew) return
    const timer = setTimeout(() => {
      // What had it may still be there: the navigation, a tab.
      if (document.activeElement === document.body) document.querySelector('main')?.focus({ preventScroll: true })
    }, SETTLED_MS)
    return () => clearTimeout(timer)
  }, [here])
}
