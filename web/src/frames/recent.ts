// What one went to by the palette lately; kept in this browser, for each person apart.
export interface Recent {
  to: string
  words: string
  kind: string
}

const KEPT = 6
const keyOf = (personId: string) => `fairway-recent-${personId}`

export function readRecent(personId: string): Recent[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(keyOf(personId)) ?? '[]')
    return Array.isArray(read) ? read.filter(isRecent) : []
  } catch {
    // Written by somebody else, or cut: it is only a convenience.
    return []
  }
}

export function keepRecent(personId: string, { to, words, kind }: Recent) {
  const others = readRecent(personId).filter((one) => one.to !== to)
  localStorage.setItem(keyOf(personId), JSON.stringify([{ to, words, kind }, ...others].slice(0, KEPT)))
}

function isRecent(one: unknown): one is Recent {
  const texts: unknown[] =
    typeof one === 'object' && one !== null ? ['to', 'words', 'kind'].map((name) => Reflect.get(one, name)) : []
  return texts.length === 3 && texts.every((text) => typeof text === 'string') && String(texts[0]).startsWith('/')
}
