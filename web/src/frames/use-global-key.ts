// Hears every key press of the document, wherever the focus is.
import { useEffect, useEffectEvent } from 'react'

export function useGlobalKey(hear: (event: KeyboardEvent) => void) {
  const listener = useEffectEvent(hear)
  useEffect(() => {
    const listen = (event: KeyboardEvent) => listener(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}
