// Versions (SemVer 2.0) while a release is named: what is right, which is higher, which could be next. Pure.
const PATTERN =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/

interface Parts {
  numbers: [number, number, number]
  before: string[]
}

export function isVersion(text: string) {
  return partsOf(text) !== undefined
}

/** 1.5.0-beta.3: one that leads to another. */
export function isPreRelease(version: string) {
  return (partsOf(version)?.before.length ?? 0) > 0
}

/** Below zero where the first is lower; unknown ones are lowest. */
export function compareVersions(a: string, b: string) {
  const [first, second] = [partsOf(a), partsOf(b)]
  if (!first || !second) return Number(Boolean(first)) - Number(Boolean(second))
  for (const place of [0, 1, 2] as const) {
    const difference = first.numbers[place] - second.numbers[place]
    if (difference !== 0) return difference
  }
  return compareBefore(first.before, second.before)
}

/** The next patch, minor and major version; after a pre-release also the next of it and the version that it leads to. */
export function nextVersions(known: string[]): string[] {
  const highest = known.filter(isVersion).toSorted(compareVersions).at(-1)
  const parts = highest === undefined ? undefined : partsOf(highest)
  if (!parts) return ['1.0.0', '0.1.0']
  const [major, minor, patch] = parts.numbers
  const usual = [`${major}.${minor}.${patch + 1}`, `${major}.${minor + 1}.0`, `${major + 1}.0.0`]
  return parts.before.length > 0 ? [nextBefore(parts), `${major}.${minor}.${patch}`, ...usual.slice(1)] : usual
}

function partsOf(text: string): Parts | undefined {
  const match = PATTERN.exec(text)
  if (!match || text.length > 100) return undefined
  return { numbers: [Number(match[1]), Number(match[2]), Number(match[3])], before: match[4]?.split('.') ?? [] }
}

/** `beta.3` → `beta.4`, `rc` → `rc.1` */
function nextBefore({ numbers, before }: Parts) {
  const last = before.at(-1) ?? ''
  const next = /^\d+$/.test(last) ? [...before.slice(0, -1), String(Number(last) + 1)] : [...before, '1']
  return `${numbers.join('.')}-${next.join('.')}`
}

/** A version without a pre-release is higher than one with it; numbers are lower than words. */
function compareBefore(a: string[], b: string[]) {
  if (a.length === 0 || b.length === 0) return b.length - a.length
  for (let place = 0; place < Math.max(a.length, b.length); place += 1) {
    const [first, second] = [a[place], b[place]]
    if (first === undefined || second === undefined) return first === undefined ? -1 : 1
    const difference = compareWords(first, second)
    if (difference !== 0) return difference
  }
  return 0
}

function compareWords(a: string, b: string) {
  const areNumbers = [a, b].map((word) => /^\d+$/.test(word))
  if (areNumbers[0] && areNumbers[1]) return Number(a) - Number(b)
  if (areNumbers[0] !== areNumbers[1]) return areNumbers[0] ? -1 : 1
  if (a === b) return 0
  return a < b ? -1 : 1
}
