// Nothing that is filled in becomes markup, and no address leads away.
import { expect, test } from 'vitest'
import { html, page } from './html.ts'
import { safeNext } from './page-deps.ts'
import { field, problem } from './parts.ts'

test('what is filled in is escaped, also in attributes and in lists; what is Html stays', () => {
  const evil = `"><script>alert('x')</script>&`

  const { html: text } = html`<p title="${evil}">${[html`<b>${evil}</b>`]}${undefined}</p>`

  expect(text).toBe(
    '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;"><b>&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</b></p>',
  )
  expect(page({ title: evil, vendor: evil, lead: evil, foot: evil, content: html`` })).not.toContain('<script>alert')
  const all = {
    name: 'name',
    label: evil,
    autocomplete: 'name',
    value: evil,
    hint: evil,
    error: evil,
    optional: evil,
    capsLock: evil,
  }
  expect(field(all).html).not.toContain('<script>')
  expect(problem(evil).html).not.toContain('<script>')
})

test.each([
  ['/inquiries?page=2', '/inquiries?page=2'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['/a b', '/'],
  ['/\t/evil.example', '/'],
  ['', '/'],
  [undefined, '/'],
])('after signing in, %j leads to %s', (next, to) => {
  expect(safeNext(next)).toBe(to)
})
