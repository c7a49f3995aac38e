// Long texts are kept as drafts on this device until they are sent; each person has their own.
import { useState } from 'react'
import { useMe } from '#api'

export function useDraftPlace(name: string) {
  const { id } = useMe()
  return `fairway-draft:${id}:${name}`
}

export function useDraft(name: string) {
  const place = useDraftPlace(name)
  const [text, setText] = useState(() => localStorage.getItem(place) ?? '')
  const write = (next: string) => {
    setText(next)
    keepDraft(place, next)
  }
  return [text, write] as const
}

export function keepDraft(place: string, text: string) {
  if (text === '') localStorage.removeItem(place)
  else localStorage.setItem(place, text)
}
