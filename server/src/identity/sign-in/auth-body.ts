// Reads what is sent to better-auth strictly: an object of JSON that PostgreSQL can hold, or a refusal.
import { Refusal } from '#platform/errors'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Undefined where nothing was sent. */
export function readAuthBody(text: unknown) {
  if (typeof text !== 'string' || text === '') return undefined
  const body = parse(text)
  if (body === null || typeof body !== 'object' || Array.isArray(body)) throw refusal('The body must be an object.')
  if (!isClean(body)) throw refusal('The body holds a NUL or half a character.')
  return text
}

/** Query and path likewise. */
export function refuseDirtyUrl(url: string) {
  if (!isCleanText(decode(url))) throw refusal('The address holds a NUL or half a character.')
}

function decode(url: string) {
  try {
    return decodeURIComponent(url)
  } catch {
    throw refusal('The address cannot be decoded.')
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    throw refusal('The body is not JSON.')
  }
}

/** Without recursion: the sender chooses the depth. */
function isClean(root: Json) {
  const open: Json[] = [root]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value === 'string' && !isCleanText(value)) return false
    if (value === null || typeof value !== 'object') continue
    if (!Object.keys(value).every(isCleanText)) return false
    open.push(...Object.values(value))
  }
  return true
}

function isCleanText(text: string) {
  return text.isWellFormed() && !text.includes('\u0000')
}

function refusal(detail: string) {
  return new Refusal('invalid', 'request.malformed', detail)
}
