// Makes texts of other people safe to show: a customer's title must not move the cursor of the person who reads it.

/** Keeps line breaks and tabs; every other control character, and what turns the reading direction, goes. */
export function plainText(text: string) {
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '')
}

/** The same in one line, for cells of tables. */
export function plainLine(text: string) {
  return plainText(text).replaceAll(/\s+/g, ' ').trim()
}
