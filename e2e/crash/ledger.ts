// What was asked for, and what became of it as far as the one who asked can know.
export type Kind = 'product' | 'release' | 'artifact' | 'publication' | 'inquiry' | 'message' | 'report' | 'installation'

export interface Entry {
  kind: Kind
  /** Of our making and never used twice, so that it can be counted: a title, a version, a text. */
  name: string
  /** `unknown`: we were told that nobody knows. */
  state: 'done' | 'unknown'
  /** What the answer called it. */
  id: string
  /** For asking again: key and body, and the answer that must come again. */
  repeat?: { path: string; key: string; body: object; answer: object }
  tries: number
}

export function createLedger() {
  const entries: Entry[] = []
  const of = (kind: Kind) => entries.filter((entry) => entry.kind === kind)
  return {
    entries,
    note: (entry: Entry) => void entries.push(entry),
    of,
    done: (kind: Kind) => of(kind).filter((entry) => entry.state === 'done'),
    summary() {
      const again = entries.filter((entry) => entry.tries > 1).length
      const unknown = entries.filter((entry) => entry.state === 'unknown').length
      return `${entries.length} writes, ${again} sent more than once, ${unknown} of unknown outcome`
    },
  }
}

export type Ledger = ReturnType<typeof createLedger>
