// A person or an organisation as letters, and what they wrote.
import type { ReactNode } from 'react'
import { initials } from './format.ts'
import { Time } from './time.tsx'

export function Avatar({ name, isLarge = false, isSquare = false }: { name: string; isLarge?: boolean; isSquare?: boolean }) {
  return (
    <span className={`av${isLarge ? ' l' : ''}${isSquare ? ' sq' : ''}`} aria-hidden>
      {initials(name)}
    </span>
  )
}

export function Message({ name, role, at, children }: { name: string; role?: ReactNode; at: string; children: ReactNode }) {
  return (
    <article className="msg">
      <Avatar name={name} isLarge />
      <div className="who">
        <span className="bb">{name}</span>
        {role !== undefined && <span className="t3 s13">{role}</span>}
        <Time at={at} />
      </div>
      <div className="tx">{children}</div>
    </article>
  )
}
