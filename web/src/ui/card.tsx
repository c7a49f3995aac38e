// Cards, key and value, banners, codes: the quiet parts that pages are made of.
import { type ReactNode, useId } from 'react'
import type { Tone } from './status.tsx'
import { CopyButton } from './copy-button.tsx'

interface CardProps {
  title?: ReactNode
  /** Small and grey, beside the title: a count. */
  count?: ReactNode
  /** At the right of the head. */
  actions?: ReactNode
  /** Without the inner edge: for lists and tables. */
  isFlush?: boolean
  className?: string
  children: ReactNode
}

export function Card({ title, count, actions, isFlush = false, className = '', children }: CardProps) {
  const id = useId()
  return (
    <section className={`card ${className}`} aria-labelledby={title === undefined ? undefined : id}>
      {title !== undefined && (
        <div className="h">
          <h2 id={id}>{title}</h2>
          {count !== undefined && <span className="t3 s13 num">{count}</span>}
          <span className="sp" />
          {actions}
        </div>
      )}
      {isFlush ? children : <div className="bd">{children}</div>}
    </section>
  )
}

/** Pairs, `[key, value]`; those without a value are left out. */
export function KeyValues({ of }: { of: [string, ReactNode][] }) {
  return (
    <dl className="kv">
      {of
        .filter(([, value]) => value !== undefined && value !== null && value !== '')
        .map(([key, value]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>{key}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

export function Banner({
  tone,
  icon,
  title,
  children,
  actions,
}: {
  tone: Tone
  icon?: ReactNode
  title?: ReactNode
  children?: ReactNode
  actions?: ReactNode
}) {
  return (
    <section className={`banner ${tone}`}>
      {icon}
      <div className="sp stack" style={{ '--gap': '4px' }}>
        {title !== undefined && <h2>{title}</h2>}
        {children !== undefined && <div className="t2">{children}</div>}
        {actions !== undefined && <div className="row wrapf">{actions}</div>}
      </div>
    </section>
  )
}

/** What is typed or compared by character, with a button that copies it. */
export function Code({ children }: { children: string }) {
  return (
    <div className="code">
      <code className="sp">{children}</code>
      <CopyButton text={children} />
    </div>
  )
}

export function Tag({ children }: { children: ReactNode }) {
  return <span className="tag">{children}</span>
}

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="kbd">{children}</kbd>
}

/** Never broken over lines. */
export function Version({ children }: { children: ReactNode }) {
  return <span className="ver">{children}</span>
}
