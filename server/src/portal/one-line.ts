// Titles: one line, since they stand in lists and in subjects of mails.
import { invalidField } from '#platform/errors'

export function asOneLine(text: string, pointer: string) {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
  if (line === '') throw invalidField(pointer, 'title.empty', 'Give it a title that says what it is about.')
  return line
}
