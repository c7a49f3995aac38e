// What fits to what was typed: every word of it must be found, the better the earlier; pure.

/** 0 where it does not fit; beginnings of the whole count more than beginnings of words, and those more than the middle. */
export function fit(typed: string, texts: (string | undefined)[]) {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const within = texts.filter(Boolean).join('\n').toLowerCase()
  const scores = words.map((word) => scoreOf(word, within))
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 1)
}

function scoreOf(word: string, within: string): number {
  const at = within.indexOf(word)
  if (at === -1) return 0
  if (at === 0) return 3
  return within.includes(`\n${word}`) || within.includes(` ${word}`) || within.includes(`-${word}`) ? 2 : 1
}

/** Those that fit, best first; equal ones stay in their order. */
export function best<Item>(
  items: Item[],
  { typed, textsOf, limit }: { typed: string; textsOf: (item: Item) => (string | undefined)[]; limit: number },
) {
  return items
    .map((item) => ({ item, score: fit(typed, textsOf(item)) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ item }) => item)
}
