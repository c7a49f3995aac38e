// Switches between views: tabs are links (the view is in the address), segments are pressed buttons.
import type { ReactNode } from 'react'
import { Link } from 'react-router'

export interface Tab {
  to: string
  words: ReactNode
  count?: ReactNode
  isCurrent: boolean
}

export function Tabs({ tabs, label }: { tabs: Tab[]; label: string }) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ to, words, count, isCurrent }) => (
        <Link key={to} to={to} aria-current={isCurrent ? 'page' : undefined} preventScrollReset>
          {words}
          {count !== undefined && <span className="n">{count}</span>}
        </Link>
      ))}
    </nav>
  )
}

export function Segment<V extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: V
  options: { value: V; words: string }[]
  onChange: (value: V) => void
}) {
  return (
    <div className="seg" role="group" aria-label={label}>
      {options.map((option) => (
        <button key={option.value} type="button" aria-pressed={option.value === value} onClick={() => onChange(option.value)}>
          {option.words}
        </button>
      ))}
    </div>
  )
}
