// Compares versions, and tells whether a range of known errors holds one; enough of SemVer for the data of the mock.

export function compareVersions(a: string, b: string) {
  const [left, right] = [partsOf(a), partsOf(b)]
  for (const index of [0, 1, 2]) {
    const difference = (left.numbers[index] ?? 0) - (right.numbers[index] ?? 0)
    if (difference !== 0) return difference
  }
  // A release stands behind its own betas.
  if (left.beta === right.beta) return 0
  if (left.beta === '' || right.beta === '') return left.beta === '' ? 1 : -1
  return left.beta < right.beta ? -1 : 1
}

/** `>=1.4.0 <1.4.2 || 1.3.8` */
export function isWithin(version: string, range: string) {
  return range.split('||').some((part) =>
    part
      .trim()
      .split(/\s+/)
      .every((bound) => keeps(version, bound)),
  )
}

function keeps(version: string, bound: string) {
  const [, sign = '', limit = ''] = /^([<>]=?|=)?(.*)$/.exec(bound) ?? []
  if (limit === '' || limit === '*') return true
  const order = compareVersions(version, limit)
  if (sign === '>=') return order >= 0
  if (sign === '<=') return order <= 0
  if (sign === '>') return order > 0
  return sign === '<' ? order < 0 : order === 0
}

function partsOf(version: string) {
  const [core = '', beta = ''] = version.split('-')
  return { numbers: core.split('.').map(Number), beta }
}
