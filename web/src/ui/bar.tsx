// Bars: the share of a whole by state, and how far a work of known length is. Patterns tell states apart without colour.
export type Share = 'new' | 'move' | 'wait' | 'sil' | 'bad' | 'none'

export interface Part {
  share: Share
  count: number
  /** With its number: `38 healthy`. */
  words: string
}

/** One stacked bar; all counts are its name. */
export function StackedBar({ parts }: { parts: Part[] }) {
  const shown = parts.filter(({ count }) => count > 0)
  return (
    <div className="bar" role="img" aria-label={shown.map(({ words }) => words).join(' · ') || '0'}>
      {shown.length === 0 && <i className="k-none" style={{ flex: 1 }} />}
      {shown.map(({ share, count }) => (
        <i key={share} className={`k-${share}`} style={{ flex: count }} />
      ))}
    </div>
  )
}

export function BarKey({ parts }: { parts: { share: Share; words: string }[] }) {
  return (
    <div className="keys">
      {parts.map(({ share, words }) => (
        <span className="key" key={share}>
          <i className={`k-${share}`} />
          {words}
        </span>
      ))}
    </div>
  )
}

/** A work of known length: 0 to `of`. */
export function Progress({ done, of, label }: { done: number; of: number; label: string }) {
  const percent = of === 0 ? 0 : Math.min(100, (done / of) * 100)
  return (
    <div className="meter" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={of} aria-valuenow={done}>
      <i style={{ width: `${percent}%` }} />
    </div>
  )
}
