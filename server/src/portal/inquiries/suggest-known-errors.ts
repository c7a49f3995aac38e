// Which known errors an inquiry may come from, and why we think so: a pure rule, explained by its reasons.
import type { KnownError } from '../known-errors/known-error.ts'
import { type Fixes, hasFault } from '../closing/fixed-version.ts'
import type { RanVersion } from './inquiry.ts'

/** `version_affected`: the customer runs one that has it. `title_alike`: the titles share a word. `asked_lately`: others asked because of it. */
export const SUGGESTION_REASONS = ['version_affected', 'title_alike', 'asked_lately'] as const
export type SuggestionReason = (typeof SUGGESTION_REASONS)[number]

export type Candidate = Pick<KnownError, 'id' | 'number' | 'productId' | 'title' | 'workaround' | 'affectedRange'> & {
  fixes: Fixes
}

export interface Suggestion {
  knownError: Pick<KnownError, 'id' | 'title' | 'workaround'>
  reasons: SuggestionReason[]
}

const MOST = 3
/** Shorter words stand in every title. */
const TELLING_LETTERS = 4

/** Only those whose versions the customer runs; the best explained first, then the newest. */
export function suggestKnownErrors({
  title,
  ran,
  candidates,
  askedLately,
}: {
  title: string
  /** What runs where the customer asks about. */
  ran: RanVersion[]
  /** Open known errors. */
  candidates: Candidate[]
  /** Known errors that other inquiries were tied to lately. */
  askedLately: ReadonlySet<string>
}): Suggestion[] {
  const words = tellingWords(title)
  return candidates
    .filter((one) =>
      ran.some(
        (where) =>
          where.productId === one.productId && hasFault(where.version, { ...one.fixes, affectedRange: one.affectedRange }),
      ),
    )
    .map((one) => ({ one, reasons: reasonsFor(one, { words, askedLately }) }))
    .toSorted((a, b) => b.reasons.length - a.reasons.length || b.one.number - a.one.number)
    .slice(0, MOST)
    .map(({ one, reasons }) => ({ knownError: { id: one.id, title: one.title, workaround: one.workaround }, reasons }))
}

function reasonsFor(
  { id, title }: Candidate,
  { words, askedLately }: { words: Set<string>; askedLately: ReadonlySet<string> },
): SuggestionReason[] {
  const isAlike = [...tellingWords(title)].some((word) => words.has(word))
  return [
    'version_affected',
    ...(isAlike ? ['title_alike' as const] : []),
    ...(askedLately.has(id) ? ['asked_lately' as const] : []),
  ]
}

function tellingWords(title: string) {
  const words = title.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  return new Set(words.filter((word) => word.length >= TELLING_LETTERS))
}
