// Chance that can be repeated: FAIRWAY_CRASH_SEED sets the seed that the run printed.
export interface Chance {
  /** A whole number from 0 to below `end`. */
  below(end: number): number
  shuffled<Item>(items: readonly Item[]): Item[]
}

/** mulberry32: small, and good enough to scatter kills. */
export function createChance(what: string): Chance {
  const seed = Number(process.env.FAIRWAY_CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31))
  console.log(`${what}: FAIRWAY_CRASH_SEED=${seed}`)
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    below,
    shuffled<Item>(items: readonly Item[]) {
      return items
        .map((item) => ({ item, at: next() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ item }) => item)
    },
  }
}
