// Single keys and sequences (`g r`) of a screen. They act only outside fields, and can be switched off (WCAG 2.1.4).
import { useEffect, useEffectEvent, useRef } from 'react'

const SEQUENCE_MS = 1200
const OFF = 'fairway-keys-off'

export type Keys = Record<string, (event: KeyboardEvent) => void>

export function areKeysOff() {
  return localStorage.getItem(OFF) === 'yes'
}

export function setKeysOff(isOff: boolean) {
  localStorage.setItem(OFF, isOff ? 'yes' : 'no')
}

/** Names as `KeyboardEvent.key` in lower case, `shift+h` with Shift, two parted by a space for a sequence. */
export function useKeys(keys: Keys) {
  const before = useRef({ key: '', at: 0 })
  const hear = useEffectEvent((event: KeyboardEvent) => {
    if (!isForPage(event)) return
    const key = nameOf(event)
    const isSequence = event.timeStamp - before.current.at < SEQUENCE_MS
    const act = (isSequence ? keys[`${before.current.key} ${key}`] : undefined) ?? keys[key]
    before.current = { key, at: event.timeStamp }
    if (!act) return
    event.preventDefault()
    act(event)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => hear(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}

/** What is typed in a field or a dialog, or moves in a menu, is not for the page. */
function isForPage(event: KeyboardEvent) {
  const isMine = event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)
  return !isMine && !areKeysOff() && document.querySelector('[role=dialog],[role=menu]') === null
}

function nameOf({ key, shiftKey }: KeyboardEvent) {
  const isLetter = key.length === 1 && /[a-z]/i.test(key)
  return `${shiftKey && isLetter ? 'shift+' : ''}${key.toLowerCase()}`
}

function isTyping(target: EventTarget | null) {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
}
