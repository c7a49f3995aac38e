// What attachments are taken for, and how they are named on their way out.
import { expect, test } from 'vitest'
import { contentDisposition, mediaTypeOf, safeName } from './attachment.ts'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test.each<[string, Buffer, string]>([
  ['a picture', PNG, 'image/png'],
  ['a PDF', Buffer.from('%PDF-1.7\n%\u00e2\u00e3\n1 0 obj'), 'application/pdf'],
  ['text with umlauts', Buffer.from('2026-11-23 Kasse läuft nicht an\r\n\tat main'), 'text/plain; charset=utf-8'],
  ['text with terminal colours', Buffer.from('\u001b[31merror\u001b[0m'), 'text/plain; charset=utf-8'],
  ['text that is cut within a character', Buffer.from('läuft ä').subarray(0, -1), 'text/plain; charset=utf-8'],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'application/octet-stream'],
  [
    'an SVG with a prolog',
    Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    'application/octet-stream',
  ],
  ['HTML', Buffer.from('\n <!doctype html><script>alert(1)</script>'), 'application/octet-stream'],
  ['bytes', Buffer.from([0, 1, 2, 3, 250, 251]), 'application/octet-stream'],
  ['Latin-1', Buffer.from([0x4b, 0xe4, 0x73, 0x65]), 'application/octet-stream'],
])('%s is taken for %s', async (_title, head, mediaType) => {
  expect(await mediaTypeOf(head)).toBe(mediaType)
})

test('a program is no text, and says what it is', async () => {
  const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(62)])

  expect(await mediaTypeOf(program)).toMatch(/^application\//)
})

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\logs\\till.log', 'till.log'],
  ['..', 'file'],
  ['a\r\nset-cookie: x.txt', 'aset-cookie: x.txt'],
  ['invoice\u202Egpj.exe', 'invoicegpj.exe'],
  ['Kasse ä.log', 'Kasse ä.log'],
])('the name %j becomes %j', (name, safe) => {
  expect(safeName(name)).toBe(safe)
})

test('the name stands in the header in both forms', () => {
  expect(contentDisposition('Käse "1" 100%.log')).toBe(
    `attachment; filename="K_se _1_ 100_.log"; filename*=UTF-8''K%C3%A4se%20%221%22%20100%25.log`,
  )
})
