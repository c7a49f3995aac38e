// Things that need somebody, one line each: a state, a name that leads there, why, and since when.
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Card } from '#ui'

export interface Need {
  key: string
  status: ReactNode
  to: string
  name: ReactNode
  detail?: ReactNode
  /** At the right: since when. */
  when?: ReactNode
}

export function NeedList({ title, count, needs, more }: { title: string; count?: ReactNode; needs: Need[]; more?: ReactNode }) {
  if (needs.length === 0) return null
  return (
    <Card title={title} count={count} actions={more} isFlush>
      <ul className="needs">
        {needs.map(({ key, status, to, name, detail, when }) => (
          <li key={key}>
            <span className="how">{status}</span>
            <div className="what">
              <Link className="plain" to={to}>
                {name}
              </Link>
              {detail && <p className="t2 s13">{detail}</p>}
            </div>
            {when && <span className="t3 s13 nw">{when}</span>}
          </li>
        ))}
      </ul>
    </Card>
  )
}
