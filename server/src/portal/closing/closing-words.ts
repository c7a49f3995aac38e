// The sentences with which an inquiry closes and reopens itself.
import type { Words } from '#platform/words'
import type { Closing } from '../inquiries/inquiry.ts'

/** More names than this nobody reads; the proof keeps them all. */
const MOST_NAMED = 20

/** "Fixed in 1.1.1, running healthy on till-3 since 12:03 UTC on 23 Nov 2026." */
export function sayClosed(words: Words, { version, proof, silent }: Closing, language: string) {
  const where = proof.map((one) =>
    words.say(
      one.version === version ? 'portal:closed.where' : 'portal:closed.where_later',
      { name: one.name, version: one.version, since: sayTime(one.healthySince, language) },
      language,
    ),
  )
  const sentences = [words.say('portal:closed.fixed', { version, where: sayList(words, where, language) }, language)]
  const names = sayList(
    words,
    silent.map((one) => one.name),
    language,
  )
  if (silent.length > 0) sentences.push(words.say('portal:closed.silent', { names, version }, language))
  return sentences.join(' ')
}

export function sayReopened(
  words: Words,
  broken: { because: 'unhealthy' | 'went_back'; name: string; version: string; at: Date },
  language: string,
) {
  const { because, name, version, at } = broken
  return words.say(`portal:reopened.${because}`, { name, version, at: sayTime(at, language) }, language)
}

/** UTC, and said so: the server knows no zone of the reader, and mails are read anywhere. */
export function sayTime(at: Date, language: string) {
  const time = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
  }).format(at)
  const day = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(at)
  return `${time} UTC, ${day}`
}

function sayList(words: Words, items: string[], language: string) {
  const named = items.slice(0, MOST_NAMED)
  const more = items.length - named.length
  const all = more > 0 ? [...named, words.say('portal:closed.more', { number: more }, language)] : named
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(all)
}
