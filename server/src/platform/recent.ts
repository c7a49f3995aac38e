// Remembers what was worked out lately, by the text that it was worked out from; bounded, so that nobody can fill it.

/**
 * Two generations: when one is full it becomes the elder one, and the elder one is forgotten, all at once, since to look for the
 * oldest at each new one would cost more. What is asked for after that is worked out once more. So there are never more than
 * twice `max`, and nothing is moved at a look-up.
 */
export function createRecent<Value>(max: number) {
  let young = new Map<string, Value>()
  let old = new Map<string, Value>()

  return {
    find: (key: string) => young.get(key) ?? old.get(key),
    remember(key: string, value: Value) {
      if (young.size >= max) {
        old = young
        young = new Map()
      }
      young.set(key, value)
      return value
    },
    size: () => young.size + old.size,
  }
}
