// What happened, one under the other: an icon on a line, words, a time.
import type { ReactNode } from 'react'
import { Time } from './time.tsx'
import type { Tone } from './status.tsx'

export interface Past {
  key: string
  tone: Tone
  icon: ReactNode
  words: ReactNode
  at: string | null
  detail?: ReactNode
}

export function History({ of }: { of: Past[] }) {
  return (
    <ol className="hist">
      {of.map(({ key, tone, icon, words, at, detail }) => (
        <li key={key} className={tone}>
          {icon}
          <span>{words}</span>
          {at === null ? <span /> : <Time at={at} />}
          {detail !== undefined && <div className="d">{detail}</div>}
        </li>
      ))}
    </ol>
  )
}
