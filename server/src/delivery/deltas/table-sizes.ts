// How zstd is set up to make a patch within a memory limit; pure. Measured in docs/benchmarks.md.

export interface PatchSizes {
  /** bytes */
  dictionary: number
  target: number
}

export interface PatchSettings {
  level: number
  minMatch: number
  windowLog: number
  hashLog: number
  /** What the program that makes the patch will need, about. */
  memoryBytes: number
}

const LEVEL = 12
/** Two relinked programs differ in short runs: longer matches are found faster and cost less to write down. */
const MIN_MATCH = 6
const MAX_HASH_LOG = 26
const MIN_HASH_LOG = 17
/** Up to here the tables have more places than bytes. */
const ROOMY_BYTES = 4 * 2 ** 20
/** Of zstd, on 64 bits. */
const MAX_WINDOW_LOG = 31
/** An eighth of the positions is the least worth trying. */
const SMALLER_BY_MOST = 3
const PROGRAM_BYTES = 128 * 2 ** 20
/** A position and its tag, in the tables of the dictionary and in those of the stream. */
const ENTRY_BYTES = 2 * 5

/** The largest tables that the memory allows and the contents can fill; undefined where even small ones do not fit. */
export function settingsFor(sizes: PatchSizes, limitBytes: number): PatchSettings | undefined {
  const largest = Math.max(sizes.dictionary, sizes.target)
  const windowLog = windowLogFor(sizes)
  const wanted = hashLogFor(largest)
  for (let hashLog = wanted; hashLog >= Math.max(wanted - SMALLER_BY_MOST, MIN_HASH_LOG); hashLog--) {
    const memoryBytes = memoryFor(sizes, hashLog)
    if (memoryBytes <= limitBytes) return { level: LEVEL, minMatch: MIN_MATCH, windowLog, hashLog, memoryBytes }
  }
  return undefined
}

/**
 * By default zstd sizes its tables for the window alone, and then finds almost nothing of a dictionary of millions of bytes.
 * With fewer places than bytes the oldest are lost: in large programs that costs less than 1 %, in small ones a place costs nothing.
 */
function hashLogFor(largest: number) {
  const log = largest <= ROOMY_BYTES ? Math.ceil(Math.log2(largest)) + 1 : Math.floor(Math.log2(largest))
  return Math.min(Math.max(log, MIN_HASH_LOG), MAX_HASH_LOG)
}

/** The dictionary is reached only while the window spans all that was written since: a smaller one breaks the patch off. */
export function windowLogFor({ dictionary, target }: PatchSizes) {
  return Math.min(Math.max(Math.ceil(Math.log2(Math.max(target, dictionary * 1.25))), 10), MAX_WINDOW_LOG)
}

// zstd copies the dictionary, and keeps a window of the target.
function memoryFor({ dictionary, target }: PatchSizes, hashLog: number) {
  return 2 * dictionary + target + ENTRY_BYTES * 2 ** hashLog + PROGRAM_BYTES
}
