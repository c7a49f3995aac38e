// One section of the settings: its h1, a quiet line, its cards.
import type { ReactNode } from 'react'

interface SectionProps {
  heading: ReactNode
  lead?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

export function Section({ heading, lead, actions, children }: SectionProps) {
  return (
    <div className="section stack cards">
      <div className="hd">
        <div className="stack sp" style={{ '--gap': '4px' }}>
          <h1>{heading}</h1>
          {lead !== undefined && <p className="t2">{lead}</p>}
        </div>
        {actions}
      </div>
      {children}
    </div>
  )
}
