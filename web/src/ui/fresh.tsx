// A value that may change while it is looked at: its ground fades, so that the eye finds what is new; the first one does not.
import { type ReactNode, useState } from 'react'

export function Fresh({ value, children }: { value: string | number | null; children: ReactNode }) {
  const [seen, setSeen] = useState({ value, changes: 0 })
  if (seen.value !== value) setSeen({ value, changes: seen.changes + 1 })
  return (
    // Each change is an element of its own, so its fading begins anew.
    <span key={seen.changes} className={seen.changes > 0 ? 'fresh' : undefined}>
      {children}
    </span>
  )
}
