// What an attachment may be, and how it is handed out: nothing that somebody sent is ever shown inside our pages.
import { fileTypeFromBuffer } from 'file-type'

/** 25 MB, as mail systems have it. */
export const MOST_BYTES = 25 * 1_048_576
export const MOST_ATTACHMENTS = 100

const OPAQUE = 'application/octet-stream'
const PLAIN = 'text/plain; charset=utf-8'

/** Documents that can carry scripts; as bytes they are harmless everywhere. */
const ACTIVE = /xml|html|svg|javascript|ecmascript|x-shockwave|xslt/

/** Decided by content alone: names and headers are claims. Markup counts as bytes, since a browser might run it. */
export async function mediaTypeOf(head: Buffer): Promise<string> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  if (found) return ACTIVE.test(found.mime) ? OPAQUE : found.mime
  const text = readText(head)
  return text === undefined || /^\s*</.test(text) ? OPAQUE : PLAIN
}

function readText(head: Buffer) {
  try {
    // `stream`: the head may end within a character.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    // oxlint-disable-next-line no-control-regex -- that there are none is the test
    return text === '' || /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text) ? undefined : text
  } catch {
    return undefined
  }
}

/** The name without what could be a path or confuse a terminal or a right-to-left reader. */
export function safeName(name: string) {
  const base = name.split(/[/\\]/).at(-1) ?? ''
  const clean = base.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim()
  return /^\.*$/.test(clean) ? 'file' : clean
}

/** Always a download (RFC 6266 §4.1), with the name in both forms (RFC 8187 §3.2). */
export function contentDisposition(name: string) {
  const ascii = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replaceAll(/['()*!]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
