// Which known errors may be the answer before anybody is asked: those that the installation has, the best by the words that were written.
import type { Schemas } from '#api'

export interface PossibleAnswer {
  knownError: Schemas['KnownError']
  /** The installations that it was found on: the chosen one, or all own ones that have it. */
  affects: Schemas['KnownError']['affects']
  /** Words of its title that were written, or whose beginning was, in lower case. */
  words: string[]
}

/** Shorter words stand in every title. */
const TELLING_LETTERS = 4

/** @param installationId undefined: about none in particular, so any own one counts. */
export function possibleAnswers(
  knownErrors: Schemas['KnownError'][],
  { installationId, sentence }: { installationId: string | undefined; sentence: string },
): PossibleAnswer[] {
  const written = [...tellingWords(sentence)]
  return knownErrors
    .map((knownError) => ({
      knownError,
      affects: knownError.affects.filter((one) => installationId === undefined || one.installationId === installationId),
      words: [...tellingWords(knownError.title)].filter((word) =>
        written.some((one) => word.startsWith(one) || one.startsWith(word)),
      ),
    }))
    .filter(({ affects }) => affects.length > 0)
    .toSorted((a, b) => b.words.length - a.words.length)
}

function tellingWords(text: string) {
  return new Set(
    wordsOf(text)
      .map((word) => word.toLowerCase())
      .filter((word) => word.length >= TELLING_LETTERS),
  )
}

function wordsOf(text: string) {
  return text.split(/[^\p{L}\p{N}]+/u)
}

/** The title in pieces, with those marked that were written, too. */
export function markWords(title: string, words: string[]): { text: string; isMarked: boolean }[] {
  return title
    .split(/([\p{L}\p{N}]+)/u)
    .filter((text) => text !== '')
    .map((text) => ({ text, isMarked: words.includes(text.toLowerCase()) }))
}
