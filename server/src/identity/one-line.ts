// A name as one line: it stands in subjects of mails.
export function oneLine(text: string) {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
}
